import type { CategoryColumn, TextColumn } from './column.js';
import { textAt } from './column.js';
import { groupRows, type Groups } from './group.js';

/** The rule by which text is kept as text: more than half as many different values as rows with a value. */
export function mostlyDifferent(different: number, present: number): boolean {
  return different * 2 > present;
}

/** Text as a category column, values in order of first appearance; the column itself where its values are mostly different. O(n). */
export function textOrCategory(column: TextColumn): TextColumn | CategoryColumn {
  const groups = groupRows(column);
  let present = 0;
  for (let i = 0; i < groups.codes.length; i++) if (groups.codes[i] !== -1) present++;
  return mostlyDifferent(groups.count, present) ? column : coded(column, groups);
}

/** Text as a category column, values in order of first appearance. O(n). */
export function asCategory(column: TextColumn): CategoryColumn {
  return coded(column, groupRows(column));
}

function coded(column: TextColumn, { codes, firstRow }: Groups): CategoryColumn {
  return { type: 'category', data: codes, values: Array.from(firstRow, (row) => textAt(column, row)) };
}
