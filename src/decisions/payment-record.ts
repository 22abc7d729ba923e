import { checkKeys, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, columnMissing, dayOption, groupRows, Table, takeColumn, type TableInput } from '../columns/index.js';
import { checkedNumbers, daysOrMissing, NO_DAY } from '../transactions/index.js';

/** As of when, and how far back. */
export interface PaymentRecordOptions {
  /** day the record stands for, inclusive */
  readonly asOf: string;
  /** days looked back, by due date; 365 by default */
  readonly days?: number;
}

/**
 * How each customer pays: the share of money paid by its due date, and the mean days late.
 *
 * An invoice not yet due says nothing and is left out; one due and not paid is late until `asOf`; what is paid later than
 * `asOf` counts as not paid; paid early is 0 days late.
 *
 * @param invoices `customer`, `amount` (above 0), `due` and `paid` (missing: not paid): dates or 'YYYY-MM-DD' text. Not modified.
 * @returns per customer with an invoice that fell due: `customer`, `invoices`, `amount`, `onTimeShare` (by amount, 0 to 1),
 *   `meanDaysLate` (per invoice)
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming the row
 * @example
 * paymentRecord(invoices, { asOf: '2026-01-31' });
 *
 * O(invoices).
 */
export function paymentRecord(invoices: TableInput, options: PaymentRecordOptions): Table {
  const where = 'paymentRecord';
  checkKeys(where, options, ['asOf', 'days']);
  const asOf = dayOption(where, 'asOf', options.asOf);
  const { days = 365 } = options;
  if (!(Number.isInteger(days) && days > 0)) throw optionInvalid(where, 'days', days, 'Give a whole number of days, such as 365.');
  const source = asTable(where, invoices);
  // A payment within its due day is on time, whatever the hour.
  const [due, paid] = [daysOrMissing(where, source, 'due'), daysOrMissing(where, source, 'paid')];
  const amount = checkedNumbers(where, source, 'amount');
  if (!source.has('customer')) throw columnMissing(where, 'customer', source.names);
  const { codes, count, firstRow } = groupRows(source.column('customer'));
  const sums = { invoices: new Int32Array(count), amount: new Float64Array(count), onTime: new Float64Array(count), late: new Float64Array(count) };
  for (let row = 0; row < source.numRows; row++) {
    const customer = codes[row]!;
    if (customer === -1 || due[row] === NO_DAY || !(amount[row]! > 0)) throw new ClienteleError('VALUE_INVALID', { where, row }, `row ${row} has no customer, no due date, or no amount above 0.`, 'Fill or drop such invoices; leave credit notes out.');
    const dueDay = due[row]!;
    const settled = paid[row] !== NO_DAY && paid[row]! <= asOf ? paid[row]! : undefined;
    if (dueDay > asOf || dueDay <= asOf - days || (settled === undefined && dueDay === asOf)) continue;
    const late = Math.max(0, (settled ?? asOf) - dueDay);
    sums.invoices[customer]!++;
    sums.amount[customer]! += amount[row]!;
    sums.late[customer]! += late;
    if (late === 0) sums.onTime[customer]! += amount[row]!;
  }
  const used = Array.from(sums.invoices.keys()).filter((customer) => sums.invoices[customer]! > 0);
  return new Table([
    ['customer', takeColumn(source.column('customer'), used.map((customer) => firstRow[customer]!))],
    ['invoices', { type: 'integer', data: Int32Array.from(used, (c) => sums.invoices[c]!) }],
    ['amount', { type: 'number', data: Float64Array.from(used, (c) => sums.amount[c]!) }],
    ['onTimeShare', { type: 'number', data: Float64Array.from(used, (c) => sums.onTime[c]! / sums.amount[c]!) }],
    ['meanDaysLate', { type: 'number', data: Float64Array.from(used, (c) => sums.late[c]! / sums.invoices[c]!) }],
  ]);
}
