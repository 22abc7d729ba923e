import type { Column } from './column.js';

/**
 * The rows `from … to` of a column as views on the same memory, not copied.
 *
 * @param from a multiple of 8, so that bits of validity begin on a byte
 */
export function sliceColumn(column: Column, from: number, to: number): Column {
  const valid = 'valid' in column && column.valid !== undefined ? { valid: column.valid.subarray(from >> 3, (to + 7) >> 3) } : {};
  if (column.type === 'text') return { ...column, offsets: column.offsets.subarray(from, to + 1), ...valid };
  return { ...column, data: column.data.subarray(from, to), ...valid } as Column;
}
