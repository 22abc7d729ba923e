import { cellOf } from '../../columns/index.js';
import { segmentFlow } from '../chart/index.js';
import { chartFigure } from './charts.js';
import { html, NOTHING, type Html } from './html.js';
import type { Page } from './page.js';

/** Who moved between segments since the earlier date. */
export function migrationSection({ moved, before, scored, words, formats, language }: Page): Html {
  if (moved === undefined || before === undefined) return NOTHING;
  const labels = Object.fromEntries([before, scored].flatMap(({ segments }) => Array.from({ length: segments.numRows }, (_, i) => [String(cellOf(segments.column('segment'), i)), String(cellOf(segments.column('label'), i) ?? '')])));
  const [from, to] = [before.meta?.asOf, scored.meta?.asOf];
  const figures: [string, number][] = [[words.moved.up, moved.upgrades], [words.moved.down, moved.downgrades], [words.moved.same, moved.same], [words.moved.unranked, moved.unranked], [words.moved.entered, moved.entered], [words.moved.left, moved.left]];
  return html`<section id="migration"><h2>${words.migration}</h2>
<dl class="figures">${figures.map(([name, count]) => html`<div><dt>${name}</dt><dd>${formats.count(count)}</dd></div>`)}</dl>
<div class="charts">${chartFigure('chart-flow', () => segmentFlow(moved, { language, locale: formats.locale, labels, ...(from === undefined || to === undefined ? {} : { dates: [from, to] as const }) }))}</div></section>`;
}
