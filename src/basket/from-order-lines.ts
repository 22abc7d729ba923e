import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { DELIMITERS, eachRow, sniffDelimiter, type Delimiter } from './basket-lines.js';
import { gatherBaskets, MAX_ITEMS, type Baskets } from './baskets.js';

export interface FromOrderLinesOptions {
  /** column of the order id */
  readonly order: string;
  /** column of the product */
  readonly product: string;
  /** between cells; found by itself by default */
  readonly delimiter?: Delimiter;
  /** false: the text has no header row, and its columns are named 1, 2, 3 …; true by default */
  readonly header?: boolean;
  /** baskets of more different items are left out and counted; 200 by default */
  readonly maxItems?: number;
  /** where the text came from, for people; `'orders'` by default */
  readonly source?: string;
}

/**
 * Baskets from the text of a CSV file with one product a line and an order id, where nothing else is known: no customers, dates or money.
 *
 * For files that have those, read an order log and use `basketsOf`: it knows returns and cancelled orders.
 *
 * @param text the CSV itself, not a file name
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by line for a row that ends too early, or where no basket is left; `OPTION_INVALID`
 * @example
 * fromOrderLines('id,item\n1,beer\n1,nappies\n2,beer\n', { order: 'id', product: 'item' }).count;   // 2
 *
 * O(characters).
 */
export function fromOrderLines(text: string, options: FromOrderLinesOptions): Baskets {
  const where = 'fromOrderLines';
  checkKeys(where, options, ['order', 'product', 'delimiter', 'header', 'maxItems', 'source'], ['order', 'product']);
  if (typeof text !== 'string') throw new ClienteleError('VALUE_INVALID', { where, value: valueText(text) }, 'this is no text.', 'Pass the content of a CSV file.');
  const maxItems = checkWhole(where, 'maxItems', options.maxItems ?? MAX_ITEMS, 1);
  const delimiter = options.delimiter === undefined ? sniffDelimiter(text) : checkWord(where, 'delimiter', options.delimiter, DELIMITERS);
  const { header = true } = options;
  if (typeof header !== 'boolean') throw optionInvalid(where, 'header', header, 'Give true or false.');
  for (const role of ['order', 'product'] as const) if (typeof options[role] !== 'string') throw optionInvalid(where, role, options[role], 'Name a column.');

  const orders = new Map<string, number>(), items = new Map<string, number>();
  const basket: number[] = [], item: number[] = [];
  const leftOut: Record<string, number> = {};
  let places: { order: number; product: number } | undefined;
  let row = 0, read = 0;
  eachRow(where, text, delimiter, (cells) => {
    row++;
    if (places === undefined) {
      const names = header ? cells.map((name) => name.trim()) : cells.map((_, i) => String(i + 1));
      places = { order: placeOf(where, names, 'order', options.order), product: placeOf(where, names, 'product', options.product) };
      if (header) return;
    }
    if (cells.length === 1 && cells[0]!.trim() === '') return;      // an empty line
    const id = cells[places.order], name = cells[places.product];
    if (id === undefined || name === undefined) throw new ClienteleError('VALUE_INVALID', { where, line: row }, `line ${row} has ${cells.length} cells, but column ${valueText(id === undefined ? options.order : options.product)} is further right.`, 'Mend the line, or name the delimiter.');
    read++;
    basket.push(id.trim() === '' ? leave(leftOut) : numberOf(orders, id.trim()));
    item.push(numberOf(items, name));
  });
  return gatherBaskets({
    where, names: [...items.keys()], basket: Int32Array.from(basket), item: Int32Array.from(item), baskets: orders.size, kind: 'order', source: options.source ?? 'orders', maxItems, read, leftOut,
  });
}

function placeOf(where: string, names: readonly string[], role: string, column: string): number {
  const place = names.indexOf(column);
  if (place === -1) throw new ClienteleError('COLUMN_MISSING', { where, column }, `column ${valueText(column)} is missing (found: ${names.slice(0, 20).map((name) => valueText(name)).join(', ')}).`, `Name the column of the ${role}.`);
  if (names.lastIndexOf(column) !== place) throw new ClienteleError('VALUE_INVALID', { where, column }, `there are two columns named ${valueText(column)}.`, 'Rename one of them.');
  return place;
}

function numberOf(known: Map<string, number>, name: string): number {
  let code = known.get(name);
  if (code === undefined) known.set(name, (code = known.size));
  return code;
}

function leave(leftOut: Record<string, number>): -1 {
  leftOut['no-order'] = (leftOut['no-order'] ?? 0) + 1;
  return -1;
}
