import { ClienteleError, valueText } from '../core/index.js';
import { isPresent, takeColumn, type Column, type Groups } from '../columns/index.js';
import type { Transactions } from './transactions.js';

/**
 * Each customer's latest present value: by date, then by place in the file.
 *
 * @param asked columns asked for; all carried columns of the log when absent
 * @throws ClienteleError `COLUMN_MISSING`
 */
export function carriedColumns(log: Transactions, asked: readonly string[] | undefined, groups: Groups, dates: Int32Array, keep: Uint8Array | undefined, groupOf: Int32Array): [string, Column][] {
  const missing = asked?.find((name) => !log.has(name) || ['customer', 'date', 'amount'].includes(name));
  if (missing !== undefined) {
    throw new ClienteleError('COLUMN_MISSING', { where: 'summarize', option: 'carry', column: missing }, `column ${valueText(missing)} cannot be carried (carried by the log: ${log.carried.join(', ') || 'none'}).`, 'Name it in `carry` when reading the log.');
  }
  return (asked ?? log.carried).map((name) => {
    const column = log.column(name);
    const latest = latestRows(column, groups, dates, keep);
    return [name, takeColumn(column, groupOf.map((g) => (g === -1 ? -1 : latest[g]!)))];
  });
}

/** The row of each group's latest present value: by date, then by place in the file; -1 where there is none. */
export function latestRows(column: Column, { codes, count }: Groups, dates: Int32Array, keep: Uint8Array | undefined): Int32Array {
  const latest = new Int32Array(count).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    if ((keep !== undefined && keep[i] === 0) || !isPresent(column, i)) continue;
    const g = codes[i]!;
    if (latest[g] === -1 || dates[i]! >= dates[latest[g]!]!) latest[g] = i;
  }
  return latest;
}
