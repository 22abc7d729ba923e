import { cleanDiagnostics, ClienteleError, type Diagnostics, type Warning } from '../core/index.js';

/** What a basket is made of: a line of a file, an order, or what one customer bought on one day. */
export type BasketKind = 'line' | 'order' | 'customer-day';

/** Baskets as columns, each item once a basket. Made by `fromBaskets` and `basketsOf`. */
export interface Baskets {
  readonly count: number;
  /** item names without spaces around them, in order of first appearance */
  readonly items: readonly string[];
  /** basket b holds `codes[start[b] … start[b + 1]]`; length count + 1 */
  readonly start: Int32Array;
  /** items as places in `items`, ascending within a basket, none twice */
  readonly codes: Int32Array;
  readonly meta: {
    readonly basket: BasketKind;
    readonly source: string;
    /** most items in one basket */
    readonly longest: number;
    /** different item names that had spaces around them */
    readonly trimmedNames: number;
  };
  /** rows (or lines) read and left out: `empty`, `no-product`, `no-order`, `no-customer`, `returns`, `basket-too-long` */
  readonly diagnostics: Diagnostics;
}

/** Longest basket kept by default, in different items. */
export const MAX_ITEMS = 200;

/** Item names by code as they come, before trimming. */
export interface RawItems {
  readonly where: string;
  /** raw name of each raw code */
  readonly names: readonly string[];
  /** basket of each row, ascending or not; -1 = left out */
  readonly basket: Int32Array;
  /** raw code of each row */
  readonly item: Int32Array;
  readonly baskets: number;
  readonly kind: BasketKind;
  readonly source: string;
  readonly maxItems: number;
  /** rows read in all, and those left out so far by reason */
  readonly read: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** remarks of who read the rows */
  readonly before?: Diagnostics;
}

/**
 * Gather rows into baskets: names trimmed, an item once a basket, baskets longer than `maxItems` left out and counted.
 *
 * Method: rows are scattered by item, then by basket, so the items of a basket come out in order without sorting. O(rows).
 *
 * @throws ClienteleError `VALUE_INVALID` where no basket is left
 */
export function gatherBaskets(raw: RawItems): Baskets {
  const { codeOf, items, trimmedNames } = trimNames(raw.names);
  const leftOut: Record<string, number> = { ...raw.leftOut };
  const rows = byItem(raw, codeOf, items.length, leftOut);
  const start = new Int32Array(raw.baskets + 1);
  for (const row of rows) start[raw.basket[row]! + 1]!++;
  const rowsOf = start.slice(1);
  for (let b = 0; b < raw.baskets; b++) start[b + 1]! += start[b]!;
  const end = start.slice(0, raw.baskets);
  const codes = new Int32Array(rows.length);
  for (const row of rows) {
    const b = raw.basket[row]!;
    const code = codeOf[raw.item[row]!]!;
    if (end[b]! > start[b]! && codes[end[b]! - 1] === code) continue;
    codes[end[b]!++] = code;
  }
  let count = 0, at = 0, longest = 0, tooLong = 0, rowsTooLong = 0, rowsUsed = 0;
  const kept = new Int32Array(raw.baskets + 1);
  for (let b = 0; b < raw.baskets; b++) {
    const from = start[b]!, length = end[b]! - from;
    if (length === 0) continue;
    if (length > raw.maxItems) {
      tooLong++;
      rowsTooLong += rowsOf[b]!;
      continue;
    }
    codes.copyWithin(at, from, from + length);
    at += length;
    kept[++count] = at;
    rowsUsed += rowsOf[b]!;
    if (length > longest) longest = length;
  }
  const byLine = raw.kind === 'line';
  if (tooLong > 0) leftOut['basket-too-long'] = byLine ? tooLong : rowsTooLong;
  if (count === 0) throw nothingLeft(raw, leftOut, tooLong);
  const warnings = [...(raw.before?.warnings ?? []), ...remarks(trimmedNames, tooLong, raw.maxItems)];
  return {
    count, ...usedItems(items, codes.slice(0, at)), start: kept.slice(0, count + 1),
    meta: { basket: raw.kind, source: raw.source, longest, trimmedNames },
    diagnostics: { ...(raw.before ?? cleanDiagnostics(raw.read)), rows: { read: raw.read, used: byLine ? count : rowsUsed, refused: raw.before?.rows.refused ?? 0, leftOut }, warnings },
  };
}

/** Items in no basket, of returns or of baskets left out, are none; the order of the others stays. */
function usedItems(items: readonly string[], codes: Int32Array): { items: readonly string[]; codes: Int32Array } {
  const used = new Uint8Array(items.length);
  for (let i = 0; i < codes.length; i++) used[codes[i]!] = 1;
  const place = new Int32Array(items.length);
  let count = 0;
  for (let code = 0; code < items.length; code++) if (used[code] === 1) place[code] = count++;
  return count === items.length ? { items, codes } : { items: items.filter((_, code) => used[code] === 1), codes: codes.map((code) => place[code]!) };
}

/** Codes of the names without spaces around them; -1 for a name of spaces alone. */
export function trimNames(names: readonly string[]): { codeOf: Int32Array; items: string[]; trimmedNames: number } {
  const codes = new Map<string, number>();
  let trimmedNames = 0;
  const codeOf = Int32Array.from(names, (name) => {
    const item = name.trim();
    if (item === '') return -1;
    if (item !== name) trimmedNames++;
    let code = codes.get(item);
    if (code === undefined) codes.set(item, (code = codes.size));
    return code;
  });
  return { codeOf, items: [...codes.keys()], trimmedNames };
}

/** Rows that belong to a basket and have an item, ordered by item. */
function byItem({ basket, item, kind }: RawItems, codeOf: Int32Array, count: number, leftOut: Record<string, number>): Int32Array {
  const next = new Int32Array(count + 1);
  let nameless = 0;
  for (let row = 0; row < item.length; row++) {
    if (basket[row] === -1) continue;
    const code = codeOf[item[row]!]!;
    if (code === -1) nameless++;
    else next[code + 1]!++;
  }
  if (nameless > 0 && kind !== 'line') leftOut['no-product'] = (leftOut['no-product'] ?? 0) + nameless;
  for (let code = 0; code < count; code++) next[code + 1]! += next[code]!;
  const rows = new Int32Array(next[count]!);
  for (let row = 0; row < item.length; row++) {
    const code = basket[row] === -1 ? -1 : codeOf[item[row]!]!;
    if (code !== -1) rows[next[code]!++] = row;
  }
  return rows;
}

function remarks(trimmedNames: number, tooLong: number, maxItems: number): Warning[] {
  const said: Warning[] = [];
  if (trimmedNames > 0) said.push({ code: 'NAMES_TRIMMED', message: `${trimmedNames} item names had spaces around them and count without. Mend them in the source, so that other programs count the same.` });
  if (tooLong > 0) said.push({ code: 'BASKETS_TOO_LONG', message: `${tooLong} baskets of more than ${maxItems} different items are left out: they are rarely a customer's shopping. Raise maxItems to keep them.` });
  return said;
}

function nothingLeft({ where, read, maxItems }: RawItems, leftOut: Readonly<Record<string, number>>, tooLong: number): ClienteleError {
  const why = Object.entries(leftOut).map(([reason, n]) => `${n} ${reason}`).join(', ');
  return new ClienteleError('VALUE_INVALID', { where }, read === 0 ? 'there are no baskets.' : `no basket is left${why === '' ? '' : ` (left out: ${why})`}.`, tooLong > 0 ? `Raise maxItems, now ${maxItems}.` : 'Pass at least one basket with an item.');
}

/** True for baskets of any copy of the library. */
export function isBaskets(input: unknown): input is Baskets {
  return typeof input === 'object' && input !== null && 'items' in input && 'codes' in input && 'start' in input && 'count' in input;
}
