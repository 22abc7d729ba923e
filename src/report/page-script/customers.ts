import type { PageColumn, PageCustomers } from './page-data.js';

const PAGE_ROWS = 25;

type Format = (cell: number | string | null) => string;

/** The table of customers: searched, chosen by segment, sorted and paged through, by mouse and keyboard. */
export function customersTable(): void {
  const data = document.getElementById('customers-data');
  const table = document.querySelector<HTMLTableElement>('#customers table');
  if (data === null || table === null) return;
  const { columns, chosenBy, words, ...locale } = JSON.parse(data.textContent!) as PageCustomers;
  const formats = columns.map((column) => formatOf(column, locale));
  const rows = columns[0]?.cells.length ?? 0;
  const texts = searchTexts(columns, rows);
  const chosen = columns.find((column) => column.name === chosenBy);

  const search = document.getElementById('customers-search') as HTMLInputElement;
  const choice = document.getElementById('customers-choice') as HTMLSelectElement;
  const [previous, next] = ['customers-previous', 'customers-next'].map((id) => document.getElementById(id) as HTMLButtonElement);
  const status = document.getElementById('customers-status')!;
  const body = table.tBodies[0]!;
  const heads = [...table.tHead!.rows[0]!.cells];
  const state = { page: 0, sortedBy: -1, down: true };
  let found: number[] = [];

  choice.append(option('', words.all), ...(chosen?.values ?? []).map((value, code) => option(String(code), value)));
  heads.forEach((head, c) => head.querySelector('button')!.addEventListener('click', () => {
    state.down = state.sortedBy === c ? !state.down : columns[c]!.format !== 'text';
    state.sortedBy = c;
    heads.forEach((other, k) => other.setAttribute('aria-sort', k !== c ? 'none' : state.down ? 'descending' : 'ascending'));
    find();
  }));
  search.addEventListener('input', find);
  choice.addEventListener('change', find);
  previous!.addEventListener('click', () => turn(-1));
  next!.addEventListener('click', () => turn(1));
  find();

  function find(): void {
    const wanted = search.value.trim().toLowerCase();
    const code = choice.value === '' ? undefined : Number(choice.value);
    found = [];
    for (let i = 0; i < rows; i++) if ((wanted === '' || texts[i]!.includes(wanted)) && (code === undefined || chosen?.cells[i] === code)) found.push(i);
    if (state.sortedBy >= 0) sort(columns[state.sortedBy]!);
    state.page = 0;
    show();
  }

  function sort(column: PageColumn): void {
    const sign = state.down ? -1 : 1;
    const collator = new Intl.Collator(locale.locale, { numeric: true });
    found.sort((a, b) => {
      const [x, y] = [valueOf(column, a), valueOf(column, b)];
      if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
      return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y))) || a - b;
    });
  }

  function turn(by: number): void {
    state.page += by;
    show();
  }

  function show(): void {
    const from = state.page * PAGE_ROWS;
    const some = found.slice(from, from + PAGE_ROWS);
    body.replaceChildren(...some.map((i) => {
      const row = document.createElement('tr');
      row.append(...columns.map((column, c) => cell(formats[c]!(valueOf(column, i)), column.format)));
      return row;
    }));
    previous!.disabled = state.page === 0;
    next!.disabled = from + PAGE_ROWS >= found.length;
    const count = new Intl.NumberFormat(locale.locale);
    status.textContent = found.length === 0 ? words.nothingFound
      : words.shown.replace('{from}', count.format(from + 1)).replace('{to}', count.format(from + some.length)).replace('{of}', count.format(found.length));
  }
}

function valueOf({ values, cells }: PageColumn, i: number): number | string | null {
  const cell = cells[i] ?? null;
  return values === undefined ? cell : values[cell as number] ?? null;
}

function searchTexts(columns: readonly PageColumn[], rows: number): string[] {
  const searched = columns.filter((column) => column.format === 'text');
  return Array.from({ length: rows }, (_, i) => searched.map((column) => valueOf(column, i) ?? '').join('\n').toLowerCase());
}

function formatOf({ format }: PageColumn, { locale, currency }: { locale: string; currency?: string }): Format {
  if (format === 'text') return (cell) => (cell === null ? '–' : String(cell));
  const number = format === 'count' ? new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
    : currency === undefined ? new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
      : new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return (cell) => (cell === null ? '–' : number.format(Number(cell)));
}

function option(value: string, text: string): HTMLOptionElement {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = text;
  return element;
}

function cell(text: string, format: PageColumn['format']): HTMLTableCellElement {
  const element = document.createElement('td');
  element.textContent = text;
  if (format === 'text') element.dir = 'auto';
  else element.className = 'number';
  return element;
}
