import { columnLength, type CategoryColumn, type Column } from './column.js';
import { concatColumns } from './concat.js';
import { groupRows } from './group.js';
import { asText } from './stack-columns.js';

/**
 * For each row of `ids` the row of `among` with the same value, the first where it stands twice; -1 where there is none.
 *
 * Missing values match nothing. Columns of different types match by their text. O(rows of both).
 */
export function matchRows(ids: Column, among: Column): Int32Array {
  if (ids.type === 'category' && among.type === 'category' && ids.values === among.values) return matchCodes(ids, among);
  const both = concatColumns([among, ids]) ?? concatColumns([asText(among), asText(ids)])!;
  const { codes, firstRow } = groupRows(both);
  const rows = columnLength(among);
  const found = new Int32Array(columnLength(ids));
  for (let i = 0; i < found.length; i++) {
    const group = codes[rows + i]!;
    const first = group === -1 ? rows : firstRow[group]!;
    found[i] = first < rows ? first : -1;
  }
  return found;
}

/** Categories of one and the same dictionary match by their codes; a value that stands there twice matches its own code only. */
function matchCodes(ids: CategoryColumn, among: CategoryColumn): Int32Array {
  const rowOf = new Int32Array(ids.values.length).fill(-1);
  for (let row = among.data.length - 1; row >= 0; row--) if (among.data[row] !== -1) rowOf[among.data[row]!] = row;
  return ids.data.map((code) => (code === -1 ? -1 : rowOf[code]!));
}
