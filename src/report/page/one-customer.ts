import { cellOf, type Cell } from '../../columns/index.js';
import type { FactFormat } from '../../identity/index.js';
import type { Formats } from '../format.js';
import { html, NOTHING, type Html } from './html.js';
import type { Page } from './page.js';

/** What is known of one customer: a list for each result. */
export function oneCustomerSection({ view, words, formats }: Page): Html {
  if (view === undefined) return NOTHING;
  const facts = view.facts.toRows() as Record<'part' | 'partLabel' | 'column' | 'label' | 'value', string>[];
  const formatOf = view.facts.toColumns()['format'] as FactFormat[];
  const parts = [...new Set(facts.map(({ part }) => part))];
  const row = (name: string, label: string, format: FactFormat, text: string): Html => html`<dt>${label}</dt><dd dir="auto">${written(formats, format, cellOf(view.table.column(name), 0), text)}</dd>`;
  const lists = parts.map((part) => {
    const own = facts.map((fact, i) => ({ ...fact, format: formatOf[i]! })).filter((fact) => fact.part === part);
    return html`<section><h3>${own[0]!.partLabel}</h3><dl>${own.map(({ column, label, format, value }) => row(column, label, format, value))}</dl></section>`;
  });
  return html`<section id="one-customer"><h2 dir="auto">${words.oneCustomer(String(cellOf(view.table.column('customer'), 0)))}</h2><div class="facts">${lists}</div></section>`;
}

function written(formats: Formats, format: FactFormat, cell: Cell, text: string): string {
  return format === 'text' || typeof cell !== 'number' ? text : formats[format](cell);
}
