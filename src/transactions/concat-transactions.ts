import { ClienteleError, REFUSALS_KEPT, valueText, type Diagnostics } from '../core/index.js';
import { concatColumns, type Column } from '../columns/index.js';
import { Transactions } from './transactions.js';

/**
 * Order logs one after the other, as one: parts of the same log with the same columns.
 *
 * @throws ClienteleError `VALUE_INVALID` where columns or their types differ, `CURRENCY_MIXED` where currencies do
 */
export function concatTransactions(where: string, logs: readonly Transactions[]): Transactions {
  const [first, ...others] = logs;
  if (first === undefined) throw new ClienteleError('VALUE_INVALID', { where }, 'there is no order log.', 'Give at least one.');
  if (others.length === 0) return first;
  for (const log of others) {
    if (log.meta.resolution !== first.meta.resolution || log.names.join('\n') !== first.names.join('\n')) {
      throw new ClienteleError('VALUE_INVALID', { where }, `${valueText(log.meta.source)} has other columns than ${valueText(first.meta.source)}.`, 'Read all parts with the same mapping and options.');
    }
    if (log.meta.currency !== first.meta.currency) {
      throw new ClienteleError('CURRENCY_MIXED', { where, column: 'currency' }, `${first.meta.source} is in ${first.meta.currency ?? 'no'} currency, ${log.meta.source} in ${log.meta.currency ?? 'none'}.`, 'Convert amounts to one currency first.');
    }
  }
  const columns = first.names.map((name): [string, Column] => {
    const column = concatColumns(logs.map((log) => log.column(name)));
    if (column === undefined) throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} has different types in the parts.`, 'Read all parts with the same options.');
    return [name, column];
  });
  const meta = { ...first.meta, source: [...new Set(logs.map((log) => log.meta.source))].join(', ') };
  return new Transactions(columns, first.roles, meta, logs.map((log) => log.diagnostics).reduce(added));
}

function added(a: Diagnostics, b: Diagnostics): Diagnostics {
  const leftOut = { ...a.rows.leftOut };
  for (const [reason, n] of Object.entries(b.rows.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + n;
  return {
    rows: { read: a.rows.read + b.rows.read, used: a.rows.used + b.rows.used, refused: a.rows.refused + b.rows.refused, leftOut },
    refused: [...a.refused, ...b.refused.map((r) => ({ ...r, row: r.row + a.rows.read }))].slice(0, REFUSALS_KEPT),
    warnings: [...a.warnings, ...b.warnings],
  };
}
