import { groupRows, textAt, type TextColumn } from '../columns/index.js';
import { NONE } from './groups.js';

/** The values of a column, brought to the form in which they are compared. */
export interface KeyValues<T> {
  /** number of each record's value, -1 = none */
  readonly codes: Int32Array;
  /** the values, in order of first appearance */
  readonly values: readonly T[];
  /** records whose text is no such value */
  readonly unusable: number;
}

/**
 * Values of a text column, equal ones under one number. Each different text is read once.
 *
 * @param read from text to value; `null` where it is none
 * @param keyOf what makes two values equal
 */
export function keyValues<T>(column: TextColumn, read: (text: string) => T | null, keyOf: (value: T) => string): KeyValues<T> {
  const { codes: texts, count, firstRow } = groupRows(column);
  const numbers = new Map<string, number>();
  const values: T[] = [];
  const codeOf = new Int32Array(count);
  for (let text = 0; text < count; text++) {
    const value = read(textAt(column, firstRow[text]!));
    if (value === null) {
      codeOf[text] = NONE;
      continue;
    }
    const key = keyOf(value);
    let code = numbers.get(key);
    if (code === undefined) {
      numbers.set(key, (code = values.length));
      values.push(value);
    }
    codeOf[text] = code;
  }
  let unusable = 0;
  const codes = texts.map((text) => {
    if (text === NONE) return NONE;
    if (codeOf[text] === NONE) unusable++;
    return codeOf[text]!;
  });
  return { codes, values, unusable };
}

/** Runs of records with the same code: `rows[starts[g] … starts[g + 1]]`, rows ascending; records without one are left out. */
export interface Runs {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/** Records gathered by their code. O(records + codes). */
export function runsOf(codes: Int32Array, count: number): Runs {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < codes.length; i++) if (codes[i] !== NONE) starts[codes[i]! + 1]!++;
  for (let g = 0; g < count; g++) starts[g + 1]! += starts[g]!;
  const next = starts.slice();
  const rows = new Int32Array(starts[count]!);
  for (let i = 0; i < codes.length; i++) if (codes[i] !== NONE) rows[next[codes[i]!]!++] = i;
  return { rows, starts };
}
