import { columnLength, isPresent, type Column, type TextColumn } from './column.js';

/** Row numbers in the order of a column: stable, missing last in either direction, text by its UTF-8 bytes. */
export function sortedIndices(column: Column, direction: 'ascending' | 'descending' = 'ascending'): Int32Array {
  const present: number[] = [];
  const missing: number[] = [];
  for (let i = 0; i < columnLength(column); i++) (isPresent(column, i) ? present : missing).push(i);
  const sign = direction === 'ascending' ? 1 : -1;
  const compare = comparer(column);
  present.sort((a, b) => sign * compare(a, b) || a - b);
  return Int32Array.from([...[present, missing].flat()]);
}

function comparer(column: Column): (a: number, b: number) => number {
  if (column.type === 'text') return (a, b) => compareTextRows(column, a, b);
  if (column.type === 'category') {
    const ranks = rankTexts(column.values);
    return (a, b) => ranks[column.data[a]!]! - ranks[column.data[b]!]!;
  }
  return (a, b) => column.data[a]! - column.data[b]!;
}

/** Order of two rows of a text column by UTF-8 bytes, which is the order of code points. */
export function compareTextRows(column: TextColumn, a: number, b: number): number {
  const { data, offsets } = column;
  let i = offsets[a]!;
  let j = offsets[b]!;
  const endA = offsets[a + 1]!;
  const endB = offsets[b + 1]!;
  while (i < endA && j < endB) {
    const difference = data[i++]! - data[j++]!;
    if (difference !== 0) return difference;
  }
  return endA - i - (endB - j);
}

/** Order of two strings by code points (JavaScript's own `<` orders by UTF-16 units, which differs above U+FFFF). */
export function compareText(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x !== y) {
      // Surrogates stand for code points above every other unit.
      if (x >= 0xd800 && y >= 0xd800) {
        x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
        y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
      }
      return x - y;
    }
  }
  return a.length - b.length;
}

function rankTexts(values: readonly string[]): Int32Array {
  const order = Array.from(values.keys()).sort((a, b) => compareText(values[a]!, values[b]!));
  const ranks = new Int32Array(values.length);
  order.forEach((value, rank) => (ranks[value] = rank));
  return ranks;
}
