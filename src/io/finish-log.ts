import { ClienteleError, type Diagnostics, type Warning } from '../core/index.js';
import { takeColumn, type Column } from '../columns/index.js';
import { makeTransactions, type LogMeta, type Role, type Transactions } from '../transactions/index.js';
import { farDateWarning } from './far-date.js';
import type { WantedColumn } from './mapping.js';
import type { Settings } from './reading-options.js';
import type { Refusals } from './refusals.js';

/**
 * Make the order log of the columns read: refused rows are taken out, and counted.
 *
 * @param columns one for every column wanted, in that order, refused rows still among them
 * @param read number of rows read
 * @throws ClienteleError the first refusal, where no row is left; what `makeTransactions` throws
 */
export function finishLog(wanted: readonly WantedColumn[], columns: readonly Column[], read: number, refusals: Refusals, settings: Settings): Transactions {
  const refused = refusals.rows.length;
  const kept = usableRows(columns, read, refusals, settings);

  const roles = new Map<Role, Column>();
  const carried = new Map<string, Column>();
  wanted.forEach(({ role, target }, i) => {
    if (role === undefined) carried.set(target, kept[i]!);
    else roles.set(role, kept[i]!);
  });
  const warnings: Warning[] = [];
  const dates = roles.get('date');
  const far = dates?.type === 'date' ? farDateWarning(dates) : undefined;
  if (far !== undefined) warnings.push(far);

  const diagnostics: Diagnostics = { rows: { read, used: read - refused, refused, leftOut: {} }, refused: refusals.kept, warnings };
  return makeTransactions({
    where: settings.where, roles, carried, diagnostics, meta: metaOf(settings),
    ...(settings.cancelled === undefined ? {} : { cancelled: settings.cancelled }),
  });
}

/**
 * The columns without the refused rows.
 *
 * @throws ClienteleError the first refusal, where no row is left
 */
export function usableRows(columns: readonly Column[], read: number, refusals: Refusals, { where }: Settings): readonly Column[] {
  checkSomeLeft(read, refusals, where);
  return refusals.rows.length === 0 ? columns : withoutRows(columns, read, refusals.rows);
}

/** @throws ClienteleError the first refusal, where no row is left */
export function checkSomeLeft(read: number, refusals: Refusals, where: string): void {
  if (read > 0 && refusals.rows.length === read) throw refusals.first() ?? new ClienteleError('VALUE_INVALID', { where }, 'no row could be used.', 'Check the mapping.');
}

function metaOf({ clock, dateFormat, source }: Settings): LogMeta {
  return {
    ...(clock.sawInstant ? { timeZone: clock.zone.name } : {}),
    resolution: clock.unit,
    ...(dateFormat === undefined ? {} : { dateFormat: dateFormat.text }),
    source,
  };
}

function withoutRows(columns: readonly Column[], read: number, refused: readonly number[]): Column[] {
  const kept = new Int32Array(read - refused.length);
  let next = 0;
  for (let row = 0, at = 0; row < read; row++) {
    if (refused[next] === row) next++;
    else kept[at++] = row;
  }
  return columns.map((column) => takeColumn(column, kept));
}
