import { columnLength, isPresent, type Column } from './column.js';
import { groupRows } from './group.js';
import { compareText } from './sort.js';
import { cellOf, columnMissing, type Table } from './table.js';

/** Rows parted into groups: the group of each row, and the groups' labels in order (text by code point, numbers by size). */
export interface LabelledGroups {
  readonly codes: Int32Array;
  readonly labels: readonly string[];
}

/** What a row without a group is called, unless a group is called so. */
export const MISSING_GROUP = '(missing)';

/**
 * Rows grouped by a column of any type; all in one group `'all'` when no column is named.
 *
 * Rows without a value form a group of their own, {@link MISSING_GROUP} or what it is to be called, last; in more brackets where a
 * group is called so.
 *
 * @throws ClienteleError `COLUMN_MISSING`
 *
 * O(rows), and a sort of the groups.
 */
export function labelledGroups(where: string, source: Table, by: string | undefined, missing: string = MISSING_GROUP): LabelledGroups {
  if (by === undefined) return { codes: new Int32Array(source.numRows), labels: ['all'] };
  if (!source.has(by)) throw columnMissing(where, by, source.names);
  const column = source.column(by);
  const { codes, count, firstRow } = groupRows(asKeys(column));
  const cells = Array.from({ length: count }, (_, g) => cellOf(column, firstRow[g]!)!);
  const order = [...cells.keys()].sort((a, b) => compareCells(cells[a]!, cells[b]!));
  const places = new Int32Array(count);
  order.forEach((group, place) => (places[group] = place));
  const labels = order.map((group) => String(cells[group]));
  const ordered = codes.map((group) => (group === -1 ? count : places[group]!));
  return { codes: ordered, labels: codes.includes(-1) ? [...labels, freeName(missing, labels)] : labels };
}

/** A name none of the others has: the name itself, or in as many brackets as it takes. */
export function freeName(name: string, taken: readonly (string | undefined)[]): string {
  return taken.includes(name) ? freeName(`(${name})`, taken) : name;
}

/** Dates and flags as the whole numbers they are, so that they can be grouped. */
function asKeys(column: Column): Column {
  if (column.type !== 'date' && column.type !== 'flag') return column;
  return { type: 'number', data: Float64Array.from({ length: columnLength(column) }, (_, i) => (isPresent(column, i) ? column.data[i]! : NaN)) };
}

function compareCells(a: string | number | boolean, b: string | number | boolean): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}
