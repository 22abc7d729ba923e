import { columnLength, isPresent, type CategoryColumn, type Column, type IntegerColumn, type NumberColumn } from './column.js';
import { concatColumns } from './concat.js';
import { closeRange, groupRows } from './group.js';
import { asText } from './stack-columns.js';

/**
 * For each row of `ids` the row of `among` with the same value, the first where it stands twice; -1 where there is none.
 *
 * Missing values match nothing. Columns of different types match by their text. O(rows of both).
 */
export function matchRows(ids: Column, among: Column): Int32Array {
  if (ids.type === 'category' && among.type === 'category' && ids.values === among.values) return matchCodes(ids, among);
  if (holdsNumbers(ids) && holdsNumbers(among)) {
    const range = closeRange(among);
    if (range !== undefined) return matchCloseNumbers(ids, among, range);
  }
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

function holdsNumbers(column: Column): column is NumberColumn | IntegerColumn {
  return column.type === 'number' || column.type === 'integer';
}

/** Whole numbers that lie close together have a place each; of equal value is who has equal text. */
function matchCloseNumbers(ids: NumberColumn | IntegerColumn, among: NumberColumn | IntegerColumn, { least, span }: { readonly least: number; readonly span: number }): Int32Array {
  const rowOf = new Int32Array(span).fill(-1);
  for (let row = among.data.length - 1; row >= 0; row--) if (isPresent(among, row)) rowOf[among.data[row]! - least] = row;
  const found = new Int32Array(ids.data.length).fill(-1);
  for (let i = 0; i < found.length; i++) {
    const place = ids.data[i]! - least;
    // Neither NaN nor a fraction is a place.
    if (place >= 0 && place < span && place === Math.floor(place) && isPresent(ids, i)) found[i] = rowOf[place]!;
  }
  return found;
}
