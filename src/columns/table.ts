import { ClienteleError, dateText, notThisResult, valueText } from '../core/index.js';
import { columnLength, isPresent, textAt, type Cell, type Column } from './column.js';
import { makeShowable, type HtmlOptions, type Showable, type TextOptions } from './show.js';
import { tableHtml, tableMarkdown, tableText } from './show-table.js';
import { sortedIndices } from './sort.js';
import { takeColumn } from './take.js';

/**
 * Named columns of equal length, order kept.
 *
 * It prints in a terminal and shows itself in a notebook. Its typed arrays are shared, not copied:
 * changing a source afterwards is undefined behaviour. Joining, deriving and pivoting are arquero's job
 * (`toArquero` in `clientele/arquero`).
 *
 * @example
 * const t = table({ customer: ['a', 'b'], orders: [3, 1] });
 * t.sortBy('orders').row(0);   // { customer: 'b', orders: 1 }
 */
export class Table implements Showable {
  readonly numRows: number;
  readonly names: readonly string[];
  readonly #columns: ReadonlyMap<string, Column>;

  /**
   * @param columns pairs of name and column, in order; all of the same length
   * @throws ClienteleError `COLUMN_LENGTH` where lengths differ, `VALUE_INVALID` where a name stands twice, or for what is no column
   */
  constructor(columns: Iterable<readonly [name: string, column: Column]>) {
    const map = new Map<string, Column>();
    let rows: number | undefined;
    if (typeof (columns as Iterable<unknown> | undefined | null)?.[Symbol.iterator] !== 'function') throw notColumns(columns);
    for (const pair of columns) {
      if (!Array.isArray(pair) || typeof (pair[1] as Partial<Column> | undefined)?.type !== 'string') throw notColumns(pair);
      const [name, column] = pair as readonly [string, Column];
      const length = columnLength(column);
      rows ??= length;
      if (length !== rows) {
        throw new ClienteleError('COLUMN_LENGTH', { where: 'Table', column: name }, `column ${valueText(name)} has ${length} rows, the others have ${rows}.`, 'Give columns of equal length.');
      }
      if (map.has(name)) {
        throw new ClienteleError('VALUE_INVALID', { where: 'Table', column: name }, `there are two columns named ${valueText(name)}.`, 'Rename one of them.');
      }
      map.set(name, column);
    }
    this.#columns = map;
    this.names = [...map.keys()];
    this.numRows = rows ?? 0;
    makeShowable(this);
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /**
   * A column by name, not copied.
   *
   * @throws ClienteleError `COLUMN_MISSING` listing the names there are
   */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (column === undefined) throw columnMissing('Table.column', name, this.names);
    return column;
  }

  /** Name and column pairs, in order. */
  entries(): IterableIterator<[string, Column]> {
    return this.#columns.entries();
  }

  /**
   * One cell as plain JavaScript: dates as 'YYYY-MM-DD' text, flags as booleans, missing as null.
   *
   * @param i row, 0 … numRows - 1
   * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` for a row that is not there
   */
  cell(name: string, i: number): Cell {
    this.#checkRow('Table.cell', i);
    return cellOf(this.column(name), i);
  }

  /** Row `i` as an object of cells. */
  row(i: number): Record<string, Cell> {
    this.#checkRow('Table.row', i);
    return Object.fromEntries(this.names.map((name) => [name, cellOf(this.column(name), i)]));
  }

  /** All rows as objects, one at a time. */
  *rows(): Generator<Record<string, Cell>, void, undefined> {
    for (let i = 0; i < this.numRows; i++) yield this.row(i);
  }

  toRows(): Record<string, Cell>[] {
    return [...this.rows()];
  }

  /** Every column as an array by name: number columns are the very `Float64Array`, the others arrays of cells. */
  toColumns(): Record<string, Float64Array | Cell[]> {
    return Object.fromEntries(this.names.map((name) => [name, plainColumn(this.column(name))]));
  }

  /**
   * The given rows, in the given order; a row may be taken twice.
   *
   * @throws ClienteleError `VALUE_INVALID` for a row that is not there
   */
  take(indices: ArrayLike<number>): this {
    checkList('Table.take', indices, 'a list of rows', 'Give their numbers, from 0: [0, 2].');
    for (let k = 0; k < indices.length; k++) this.#checkRow('Table.take', indices[k]!);
    return this.derive([...this.#columns].map(([name, column]) => [name, takeColumn(column, indices)]));
  }

  /**
   * The rows where the mask is true (or 1), order kept.
   *
   * @param mask a flag per row, or a function of the row number
   * @throws ClienteleError `COLUMN_LENGTH` where the mask has another length
   */
  where(mask: ArrayLike<number | boolean> | ((row: number) => boolean)): this {
    if (typeof mask !== 'function') checkList('Table.where', mask, 'a mask', 'Give one flag per row, or a function of the row.');
    if (typeof mask !== 'function' && mask.length !== this.numRows) {
      throw new ClienteleError('COLUMN_LENGTH', { where: 'Table.where' }, `the mask has ${mask.length} entries, the table ${this.numRows} rows.`, 'Give one flag per row.');
    }
    const kept: number[] = [];
    for (let i = 0; i < this.numRows; i++) if (typeof mask === 'function' ? mask(i) : mask[i]) kept.push(i);
    return this.take(kept);
  }

  /**
   * The rows sorted by a column: numbers and dates by size, text by its UTF-8 bytes, missing last. Equal values keep
   * their order.
   */
  sortBy(name: string, direction: 'ascending' | 'descending' = 'ascending'): this {
    return this.take(sortedIndices(this.column(name), direction));
  }

  /** The first rows, for a look. */
  head(rows = 10): this {
    return this.take(Array.from({ length: Math.min(rows, this.numRows) }, (_, i) => i));
  }

  /** The named columns only, in the given order. */
  select(names: readonly string[]): Table {
    if (!Array.isArray(names)) throw notThisResult('Table.select', names, 'a list of names', "Give names of columns: ['customer', 'monetary'].");
    return new Table(names.map((name) => [name, this.column(name)] as const));
  }

  /** Plain text, aligned; columns wider than the terminal wrap into blocks. At most `rows` rows (20). */
  toString(options: TextOptions = {}): string {
    return tableText(this, options);
  }

  /** An HTML table, every cell escaped. At most `rows` rows (20), with the number left out said below. */
  toHTML(options: HtmlOptions = {}): string {
    return tableHtml(this, options);
  }

  toMarkdown(options: HtmlOptions = {}): string {
    return tableMarkdown(this, options);
  }

  /** What `JSON.stringify` writes: the rows. */
  toJSON(): Record<string, Cell>[] {
    return this.toRows();
  }

  /** A table of the same kind with other columns; kinds with more fields than columns override it. */
  protected derive(columns: Iterable<readonly [string, Column]>): this {
    return new Table(columns) as this;
  }

  #checkRow(where: string, i: number): void {
    if (!Number.isInteger(i) || i < 0 || i >= this.numRows) {
      throw new ClienteleError('VALUE_INVALID', { where, value: String(i) }, `there is no row ${i}.`, `Rows count from 0; the table has ${this.numRows}.`);
    }
  }
}

function checkList(where: string, list: unknown, what: string, mend: string): void {
  if (typeof list !== 'object' || list === null || !('length' in list)) throw notThisResult(where, list, what, mend);
}

function notColumns(value: unknown): ClienteleError {
  const shown = valueText(value);
  return new ClienteleError('VALUE_INVALID', { where: 'Table', value: shown }, `${shown} is not made of columns.`, 'Pass pairs of name and column, or plain columns by name to table({ … }).');
}

/** One cell of a column as plain JavaScript. */
export function cellOf(column: Column, i: number): Cell {
  if (!isPresent(column, i)) return null;
  switch (column.type) {
    case 'number':
    case 'integer':
      return column.data[i]!;
    case 'date':
      return dateText(column.data[i]!, column.unit);
    case 'flag':
      return column.data[i] === 1;
    case 'category':
      return column.values[column.data[i]!]!;
    case 'text':
      return textAt(column, i);
  }
}

/** The error for a column that is not there. */
export function columnMissing(where: string, name: string, names: readonly string[]): ClienteleError {
  return new ClienteleError('COLUMN_MISSING', { where, column: name }, `column ${valueText(name)} is missing (found: ${names.map((n) => valueText(n)).join(', ')}).`, 'Check the name.');
}

function plainColumn(column: Column): Float64Array | Cell[] {
  if (column.type === 'number') return column.data;
  return Array.from({ length: columnLength(column) }, (_, i) => cellOf(column, i));
}
