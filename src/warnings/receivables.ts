import { checkKeys, checkWhole, checkWord, cleanDiagnostics, ClienteleError, optionInvalid, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, compareText, dayOption, escapeHtml, exactSum, showableResult, table, type Showable, type Table, type TableInput } from '../columns/index.js';
import { daysOf } from '../transactions/index.js';
import { finiteColumn, textCells } from './operations-input.js';
import { operationWarnings, type OperationFinding } from './operation-warnings.js';
import type { Language } from './words.js';

export interface ReceivablesOptions {
  /** day of the ageing, 'YYYY-MM-DD'; required */
  readonly asOf: string;
  /** receipts: columns invoice, date, amount; only those up to asOf count. Without them `paid` of the invoices counts as received by asOf */
  readonly payments?: TableInput;
  /** last days of the buckets past due, ascending; [30, 60, 90] by default */
  readonly buckets?: readonly number[];
  /** share written off per bucket, not_due first; [0.01, 0.03, 0.1, 0.25, 0.6] by default */
  readonly allowanceRates?: readonly number[];
  /** columns customer, limit: adds each customer's use of it */
  readonly creditLimits?: TableInput;
  /** days of sales for days sales outstanding, to asOf; 90 by default */
  readonly salesDays?: number;
  /** names of the invoices' columns where they differ from invoice, customer, date, due, amount, paid */
  readonly columns?: Partial<Readonly<Record<'invoice' | 'customer' | 'date' | 'due' | 'amount' | 'paid', string>>>;
  /** language of reasons and of the line it shows, `'en'` by default */
  readonly labels?: Language;
}

/** What is owed, by whom, and for how long; shows itself as the ageing. */
export interface Receivables extends Showable {
  /** one row per bucket: bucket, invoices, open, share, allowanceRate, allowance; the rows add up to totalOpen. `credit` holds overpaid invoices, below 0 */
  readonly ageing: Table;
  /** one row per customer, the largest debtor first: customer, open, overdue, oldestDays, a column per bucket, then limit and limitUse where limits are given */
  readonly customers: Table;
  /** open invoices: invoice, customer, due, open, daysPastDue, bucket */
  readonly invoices: Table;
  /** customers overdue or beyond their limit, in the shape of `warnings` */
  readonly warnings: Table;
  readonly totalOpen: number;
  readonly totalOverdue: number;
  /** totalOverdue / totalOpen; NaN where nothing is open */
  readonly overdueShare: number;
  /** mean days past due of overdue money */
  readonly weightedDays: number;
  readonly allowance: number;
  /** totalOpen / sales of the last `salesDays` × salesDays; NaN without sales */
  readonly daysSalesOutstanding: number;
  readonly diagnostics: Diagnostics;
}

const OPTIONS = ['asOf', 'payments', 'buckets', 'allowanceRates', 'creditLimits', 'salesDays', 'columns', 'labels'] as const;
const ROLES = ['invoice', 'customer', 'date', 'due', 'amount', 'paid'] as const;

/**
 * Ageing of receivables by days past the due date (外欠款预警), as of a day that may be past.
 *
 * Invoices dated after asOf are left out and counted; money not yet due is shown, so that buckets add up; invoices paid in
 * full are left out. Only receipts up to asOf count.
 *
 * @param invoices one row per invoice: invoice, customer, date, due, amount, and paid where there are no payments; not modified
 * @param options see {@link ReceivablesOptions}
 * @throws ClienteleError `VALUE_INVALID` for a payment without its invoice, an invoice that stands twice, a due date before
 *   the invoice, a customer with two credit limits; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * receivables(invoices, { asOf: '2024-06-30', payments }).ageing;
 *
 * O(invoices + payments).
 */
export function receivables(invoices: TableInput, options: ReceivablesOptions): Receivables {
  const where = 'receivables';
  checkKeys(where, options, OPTIONS);
  const asOf = dayOption(where, 'asOf', options.asOf);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const salesDays = checkWhole(where, 'salesDays', options.salesDays ?? 90, 1);
  const { ends, names, rates } = bucketsOf(where, options);
  const source = asTable(where, invoices);
  checkKeys(where, options.columns ?? {}, ROLES);
  const rows = openRows(where, source, { asOf, salesDays, names: { ...Object.fromEntries(ROLES.map((r) => [r, r])), ...options.columns } as Record<(typeof ROLES)[number], string> }, options.payments);

  const bucket = rows.open.map(({ open, past }) => (open < 0 ? names.length - 1 : past <= 0 ? 0 : 1 + ends.findIndex((end) => past <= end)));
  const opens = Float64Array.from(rows.open, ({ open }) => open);
  const sumWhere = (test: (i: number) => boolean): number => exactSum(opens.filter((_, i) => test(i)));
  const totals = Float64Array.from(names, (_, b) => sumWhere((i) => bucket[i] === b));
  const isOverdue = (i: number): boolean => rows.open[i]!.past > 0 && opens[i]! > 0;
  const [totalOpen, totalOverdue] = [exactSum(opens), sumWhere(isOverdue)];
  const allowances = totals.map((sum, b) => sum * rates[b]!);
  const ageing = table({
    bucket: names, invoices: Int32Array.from(names, (_, b) => bucket.filter((x) => x === b).length), open: totals, share: totals.map((sum) => (totalOpen === 0 ? NaN : sum / totalOpen)),
    allowanceRate: Float64Array.from(rates), allowance: allowances,
  });
  const customers = customersTable(rows.open, bucket, names, limitsOf(where, options.creditLimits));
  const result = {
    ageing, customers,
    invoices: table({ invoice: rows.open.map((r) => r.invoice), customer: rows.open.map((r) => r.customer), due: { type: 'date', data: Int32Array.from(rows.open, (r) => r.due) }, open: opens, daysPastDue: Int32Array.from(rows.open, (r) => r.past), bucket: bucket.map((b) => names[b]!) }),
    warnings: debtWarnings(customers, ends, labels), totalOpen, totalOverdue, overdueShare: totalOverdue / totalOpen,
    weightedDays: exactSum(Float64Array.from(opens, (open, i) => (isOverdue(i) ? open * rows.open[i]!.past : 0))) / totalOverdue,
    allowance: exactSum(allowances), daysSalesOutstanding: rows.sales > 0 ? (totalOpen / rows.sales) * salesDays : NaN,
    diagnostics: diagnosticsOf(source.numRows, rows, options.payments === undefined),
  };
  const line = lineOf(result, options.asOf, labels);
  return showableResult(result, { text: () => `${line}\n${ageing.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${ageing.toHTML()}` });
}

function lineOf({ totalOpen, totalOverdue, overdueShare, allowance }: Omit<Receivables, keyof Showable>, asOf: string, labels: Language): string {
  const [open, overdue, written] = [totalOpen, totalOverdue, allowance].map((money) => money.toFixed(2));
  // Credit can outweigh what is owed: then there is no share of it.
  const share = totalOpen > 0 ? `${(100 * overdueShare).toFixed(1)} %` : '';
  if (labels === 'zh') return `截至 ${asOf} 应收余额 ${open}，其中逾期 ${overdue}${share && `（${share}）`}，坏账准备 ${written}`;
  return `${open} open as of ${asOf}, ${overdue} overdue${share && ` (${share})`}, allowance ${written}`;
}

function bucketsOf(where: string, { buckets = [30, 60, 90], allowanceRates }: ReceivablesOptions): { ends: number[]; names: string[]; rates: number[] } {
  if (!Array.isArray(buckets) || buckets.length === 0 || buckets.some((b: unknown, i) => !Number.isInteger(b) || (b as number) <= (i === 0 ? 0 : buckets[i - 1]!))) throw optionInvalid(where, 'buckets', JSON.stringify(buckets), 'Give the last days past due of each bucket, ascending: [30, 60, 90].');
  const names = ['not_due', ...(buckets as number[]).map((end, i) => `${i === 0 ? 1 : (buckets as number[])[i - 1]! + 1}-${end}`), `${buckets.at(-1)! + 1}+`, 'credit'];
  const rates = allowanceRates ?? (buckets.length === 3 ? [0.01, 0.03, 0.1, 0.25, 0.6] : undefined);
  if (rates === undefined || rates.length !== names.length - 1 || rates.some((r) => !(r >= 0 && r <= 1))) throw optionInvalid(where, 'allowanceRates', JSON.stringify(allowanceRates), `Give ${names.length - 1} shares from 0 to 1, for ${names.slice(0, -1).join(', ')}.`);
  return { ends: [...(buckets as number[]), Infinity], names, rates: [...rates, 0] };
}

interface OpenInvoice {
  readonly invoice: string;
  readonly customer: string;
  readonly due: number;
  readonly open: number;
  readonly past: number;
}

function openRows(where: string, source: Table, { asOf, salesDays, names }: { asOf: number; salesDays: number; names: Record<(typeof ROLES)[number], string> }, payments: TableInput | undefined): { open: OpenInvoice[]; afterAsOf: number; paymentsAfter: number; sales: number } {
  const [invoice, customer] = [textCells(where, source, names.invoice), textCells(where, source, names.customer)];
  const [date, due] = [daysOf(where, source, names.date), daysOf(where, source, names.due)];
  const amount = finiteColumn(where, source, names.amount);
  const place = new Map<string, number>();
  invoice.forEach((id, i) => {
    if (place.has(id)) throw new ClienteleError('VALUE_INVALID', { where, column: names.invoice, row: i, value: valueText(id) }, `invoice ${valueText(id)} stands twice, in rows ${place.get(id)} and ${i}.`, 'Give one row per invoice; put its instalments into payments.');
    if (due[i]! < date[i]!) throw new ClienteleError('VALUE_INVALID', { where, column: names.due, row: i }, `invoice ${valueText(id)} is due before its date.`, 'Mend one of the dates.');
    place.set(id, i);
  });
  const received = new Float64Array(invoice.length);
  let paymentsAfter = 0;
  if (payments === undefined) received.set(finiteColumn(where, source, names.paid));
  else {
    const paid = asTable(where, payments);
    const [ids, days, sums] = [textCells(where, paid, 'invoice'), daysOf(where, paid, 'date'), finiteColumn(where, paid, 'amount')];
    ids.forEach((id, p) => {
      const i = place.get(id);
      if (i === undefined) throw new ClienteleError('VALUE_INVALID', { where, column: 'invoice', row: p, value: valueText(id) }, `payment in row ${p} is for invoice ${valueText(id)}, which is not there.`, 'Add the invoice, or leave the payment out.');
      if (days[p]! > asOf) paymentsAfter++;
      else received[i]! += sums[p]!;
    });
  }
  const open: OpenInvoice[] = [];
  let afterAsOf = 0, sales = 0;
  for (let i = 0; i < invoice.length; i++) {
    if (date[i]! > asOf) {
      afterAsOf++;
      continue;
    }
    if (date[i]! > asOf - salesDays) sales += amount[i]!;
    const rest = amount[i]! - received[i]!;
    // Cents added up in doubles: what is left of a paid invoice is rounding.
    if (Math.abs(rest) > 1e-9 * Math.max(1, Math.abs(amount[i]!))) open.push({ invoice: invoice[i]!, customer: customer[i]!, due: due[i]!, open: rest, past: asOf - due[i]! });
  }
  return { open, afterAsOf, paymentsAfter, sales };
}

function limitsOf(where: string, input: TableInput | undefined): Map<string, number> | undefined {
  if (input === undefined) return undefined;
  const source = asTable(where, input);
  const values = finiteColumn(where, source, 'limit');
  const limits = new Map<string, number>();
  textCells(where, source, 'customer').forEach((id, row) => {
    if (values[row]! < 0) throw new ClienteleError('VALUE_INVALID', { where, column: 'limit', row, value: String(values[row]) }, `the credit limit in row ${row} is ${values[row]}.`, 'Give 0 or more.');
    if (limits.has(id)) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row, value: valueText(id) }, `customer ${valueText(id)} has two credit limits.`, 'Give one row per customer.');
    limits.set(id, values[row]!);
  });
  return limits;
}

function customersTable(open: readonly OpenInvoice[], bucket: readonly number[], names: readonly string[], limits: ReadonlyMap<string, number> | undefined): Table {
  const sums = new Map<string, { parts: number[][]; oldest: number }>();
  open.forEach((row, i) => {
    const own = sums.get(row.customer) ?? { parts: names.map(() => []), oldest: 0 };
    own.parts[bucket[i]!]!.push(row.open);
    if (row.open > 0) own.oldest = Math.max(own.oldest, row.past);
    sums.set(row.customer, own);
  });
  const rows = [...sums].map(([id, { parts, oldest }]) => ({
    id, oldest, parts: parts.map((p) => exactSum(Float64Array.from(p))), open: exactSum(Float64Array.from(parts.flat())), overdue: exactSum(Float64Array.from(parts.slice(1, -1).flat())),
  }));
  rows.sort((a, b) => b.open - a.open || compareText(a.id, b.id));
  return table({
    customer: rows.map((r) => r.id), open: rows.map((r) => r.open), overdue: rows.map((r) => r.overdue), oldestDays: Int32Array.from(rows, (r) => r.oldest),
    ...Object.fromEntries(names.map((name, b) => [name, Float64Array.from(rows, (r) => r.parts[b]!)])),
    ...(limits === undefined ? {} : { limit: Float64Array.from(rows, (r) => limits.get(r.id) ?? NaN), limitUse: Float64Array.from(rows, (r) => (limits.has(r.id) ? (limits.get(r.id)! > 0 ? r.open / limits.get(r.id)! : Infinity) : NaN)) }),
  });
}

/** Overdue: watch from the first day, warning from the third bucket on, critical in the last; credit: from 90 %, 100 %, 120 % of the limit. */
function debtWarnings(customers: Table, ends: readonly number[], labels: Language): Table {
  const findings: OperationFinding[] = [];
  for (const row of customers.rows()) {
    const [customer, overdue, oldest, open, use] = [String(row['customer']), row['overdue'] as number, row['oldestDays'] as number, row['open'] as number, row['limitUse'] as number | null | undefined];
    const last = ends.length - 2;
    const limit = oldest > ends[last]! ? ends[last]! : oldest > ends[Math.max(0, last - 1)]! ? ends[Math.max(0, last - 1)]! : 0;
    const rank = !(overdue > 0) ? 0 : oldest > ends[last]! ? 3 : limit > 0 ? 2 : 1;
    const [sum, total] = [overdue.toFixed(2), open.toFixed(2)];
    findings.push({ customer, rule: 'receivables', rank, value: oldest, limit, base: 0, moneyAtStake: overdue, reason: labels === 'en' ? `${sum} overdue, the oldest by ${oldest} days` : `逾期 ${sum}，最长 ${oldest} 天` });
    if (typeof use !== 'number') continue;
    const percent = Number.isFinite(use) ? (100 * use).toFixed(0) : '∞';
    findings.push({ customer, rule: 'credit-limit', rank: use > 1.2 ? 3 : use > 1 ? 2 : use > 0.9 ? 1 : 0, value: use, limit: use > 1.2 ? 1.2 : use > 1 ? 1 : 0.9, base: 1, moneyAtStake: open, reason: labels === 'en' ? `${total} open, ${percent} % of the credit limit` : `欠款 ${total}，占信用额度 ${percent} %` });
  }
  return operationWarnings(findings);
}

function diagnosticsOf(read: number, rows: { afterAsOf: number; paymentsAfter: number }, noPayments: boolean): Diagnostics {
  const said: Warning[] = [];
  if (noPayments) said.push({ code: 'PAID_WITHOUT_DATES', message: '`paid` counts as received by asOf, whenever it was. Pass payments with their dates to age as of a past day.' });
  if (rows.paymentsAfter > 0) said.push({ code: 'PAYMENTS_AFTER_AS_OF', message: `${rows.paymentsAfter} payments after asOf are not counted. Give a later asOf to count them.` });
  const clean = cleanDiagnostics(read);
  return withWarnings({ ...clean, rows: { ...clean.rows, used: read - rows.afterAsOf, leftOut: rows.afterAsOf > 0 ? { 'after-as-of': rows.afterAsOf } : {} } }, said);
}
