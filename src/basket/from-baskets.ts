import { checkKeys, checkWhole, checkWord, ClienteleError, valueText } from '../core/index.js';
import { DELIMITERS, eachRow, sniffDelimiter, type Delimiter } from './basket-lines.js';
import { gatherBaskets, MAX_ITEMS, type Baskets } from './baskets.js';

export interface FromBasketsOptions {
  /** between the items of a line of text; found by itself by default */
  readonly delimiter?: Delimiter;
  /** baskets of more different items are left out and counted; 200 by default */
  readonly maxItems?: number;
  /** where the baskets came from, for people; `'baskets'` by default */
  readonly source?: string;
}

/**
 * Baskets from one basket a line: the text of a file, its lines, or lists of items.
 *
 * Spaces around item names are taken off, and how many different names had some is counted. An item counts once a basket.
 * Empty lines and cells are no items; a line without any is left out and counted.
 *
 * @param lines text with a basket a line, lines of text, or arrays of item names; not modified
 * @param options see {@link FromBasketsOptions}
 * @throws ClienteleError `VALUE_INVALID` for an item that is no text, by basket, or where no basket is left; `OPTION_INVALID`
 * @example
 * fromBaskets([['beer', 'nappies'], ['beer', 'crisps ']]).items;    // ['beer', 'nappies', 'crisps']
 * fromBaskets('beer,nappies\nbeer,crisps\n').count;                  // 2
 *
 * O(items).
 */
export function fromBaskets(lines: string | readonly string[] | readonly (readonly string[])[], options: FromBasketsOptions = {}): Baskets {
  const where = 'fromBaskets';
  checkKeys(where, options, ['delimiter', 'maxItems', 'source']);
  const maxItems = checkWhole(where, 'maxItems', options.maxItems ?? MAX_ITEMS, 1);
  if (options.delimiter !== undefined) checkWord(where, 'delimiter', options.delimiter, DELIMITERS);
  if (typeof lines !== 'string' && !Array.isArray(lines)) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(lines) }, 'these are no baskets.', 'Pass text with a basket a line, or arrays of item names.');

  const codes = new Map<string, number>();
  const basket: number[] = [], item: number[] = [];
  let read = 0, empty = 0;
  const add = (cells: readonly unknown[]): void => {
    let any = false;
    for (const cell of cells) {
      if (typeof cell !== 'string') throw new ClienteleError('VALUE_INVALID', { where, row: read, value: valueText(cell) }, `basket ${read}: ${valueText(cell)} is no item name.`, 'Give item names as text.');
      if (cell.trim() !== '') any = true;
      let code = codes.get(cell);
      if (code === undefined) codes.set(cell, (code = codes.size));
      basket.push(read);
      item.push(code);
    }
    read++;
    if (!any) empty++;
  };
  if (typeof lines === 'string') eachRow(where, lines, options.delimiter ?? sniffDelimiter(lines), add);
  else {
    const delimiter = options.delimiter ?? sniffDelimiter((lines as readonly unknown[]).slice(0, 1000).filter((line) => typeof line === 'string').join('\n'));
    for (const line of lines as readonly unknown[]) {
      if (Array.isArray(line)) add(line);
      else if (typeof line === 'string') addLine(where, line, delimiter, add);
      else throw new ClienteleError('VALUE_INVALID', { where, row: read, value: valueText(line) }, `basket ${read} is ${valueText(line)}, neither text nor a list.`, 'Give a line of text or an array of item names.');
    }
  }
  return gatherBaskets({
    where, names: [...codes.keys()], basket: Int32Array.from(basket), item: Int32Array.from(item), baskets: read, kind: 'line', source: options.source ?? 'baskets', maxItems,
    read, leftOut: empty > 0 ? { empty } : {},
  });
}

function addLine(where: string, line: string, delimiter: string, add: (cells: readonly string[]) => void): void {
  if (line === '') return add([]);
  let rows = 0;
  eachRow(where, line, delimiter, (cells) => {
    if (rows++ === 0) add(cells);
    else if (cells.some((cell) => cell !== '')) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(line) }, `${valueText(line)} holds more than one line.`, 'Pass the whole text, or one basket per entry.');
  });
}
