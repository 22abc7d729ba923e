import { checkKeys, ClienteleError } from '../core/index.js';
import { asTable, columnMissing, dayOption, groupRows, numbersOf, orderByNumber, Table, type TableInput } from '../columns/index.js';
import { daysOf } from '../transactions/index.js';

/** Until when is looked. */
export interface ReturnCurveOptions {
  /** last day, inclusive; the last date of the log when absent */
  readonly asOf?: string;
}

/**
 * How long customers stay away before they return: learned from every pause between purchases of the past.
 *
 * The pause since the last purchase counts as not over yet, so customers who never return are not taken for ones who do.
 *
 * @param orders an order log, or any table with `customer`, `date` and, where known, `amount` (returns are no purchase)
 * @returns `days` of a pause (ascending) and `stillAway`, the share of pauses longer than that
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * winBack(customers, { lostAfter: 180, chance: returnCurve(orders) });
 *
 * Method: Kaplan & Meier (1958) on pauses in days, the last one of each customer censored at `asOf`. O(n).
 */
export function returnCurve(orders: TableInput, options: ReturnCurveOptions = {}): Table {
  checkKeys('returnCurve', options, ['asOf']);
  const source = asTable('returnCurve', orders);
  if (!source.has('customer')) throw columnMissing('returnCurve', 'customer', source.names);
  const days = daysOf('returnCurve', source);
  const amounts = source.has('amount') ? numbersOf('returnCurve', source, 'amount') : undefined;
  const asOf = options.asOf === undefined ? days.reduce((a, b) => Math.max(a, b), -Infinity) : dayOption('returnCurve', 'asOf', options.asOf);
  const { codes, count } = groupRows(source.column('customer'));
  const last = new Int32Array(count).fill(-0x80000000);
  const returned = new Map<number, number>();
  const censored = new Map<number, number>();
  for (const row of orderByNumber(Float64Array.from(days))) {
    const customer = codes[row]!;
    const day = days[row]!;
    if (customer === -1 || day > asOf || (amounts !== undefined && amounts[row]! < 0)) continue;
    if (last[customer] !== -0x80000000 && day > last[customer]!) tally(returned, day - last[customer]!);
    last[customer] = day;
  }
  for (const day of last) if (day !== -0x80000000) tally(censored, asOf - day);
  if (censored.size === 0) throw new ClienteleError('VALUE_INVALID', { where: 'returnCurve' }, 'there are no purchases.', 'Pass at least one, not after asOf.');
  return kaplanMeier(returned, censored);
}

function tally(counts: Map<number, number>, days: number): void {
  counts.set(days, (counts.get(days) ?? 0) + 1);
}

/** Of pauses counted by their days, where only the days of returns are told; `kaplanMeier` of churn takes customers row by row, with limits. */
function kaplanMeier(returned: ReadonlyMap<number, number>, censored: ReadonlyMap<number, number>): Table {
  const times = [...new Set([...returned.keys(), ...censored.keys()])].sort((a, b) => a - b);
  let atRisk = [...returned.values(), ...censored.values()].reduce((a, b) => a + b, 0);
  let away = 1;
  const days: number[] = [];
  const share: number[] = [];
  for (const time of times) {
    const ended = returned.get(time) ?? 0;
    if (ended > 0) {
      away *= 1 - ended / atRisk;
      days.push(time);
      share.push(away);
    }
    atRisk -= ended + (censored.get(time) ?? 0);
  }
  return new Table([['days', { type: 'number', data: Float64Array.from(days) }], ['stillAway', { type: 'number', data: Float64Array.from(share) }]]);
}
