import { checkKeys, checkWord, ClienteleError, withWarnings, cleanDiagnostics, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, escapeHtml, exactSum, showableResult, type Showable, type TableInput, type Table } from '../columns/index.js';
import { checkAbove0, checkLevel, finiteNumbers, someRows, yesNo, type Language } from './inputs.js';
import { wilsonLimits } from '../math/index.js';

export interface ChurnRateOptions {
  /** how many such periods make a year, 12 by default: the data are of one month; 1 for yearly data */
  readonly periodsPerYear?: number;
  /** confidence of the limits of the customer rate, 0.95 by default */
  readonly level?: number;
  /** language of the lines it shows, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Churn of one period; shows itself. Shares are of what there was at its start. */
export interface ChurnRate extends Showable {
  /** customers at the start; new ones are not among them */
  readonly customers: number;
  readonly lost: number;
  /** lost / customers, with Wilson's limits */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** 1 - (1 - rate)^periodsPerYear */
  readonly annualRate: number;
  /** customers who were not there at the start but at the end; in no denominator */
  readonly newCustomers: number;
  /** money at the start, and what of it went with those who left; absent without a revenue column */
  readonly revenue?: number;
  readonly lostRevenue?: number;
  /** money lost with customers who stayed and pay less, and won from those who pay more; absent without `revenueEnd` */
  readonly contraction?: number;
  readonly expansion?: number;
  /** (lostRevenue + contraction) / revenue; without `revenueEnd` contraction counts 0 and a warning says so */
  readonly grossRevenueRate?: number;
  readonly annualGrossRevenueRate?: number;
  /** (lostRevenue + contraction - expansion) / revenue; below 0 where those who stayed grew by more than was lost */
  readonly netRevenueRate?: number;
  readonly annualNetRevenueRate?: number;
  readonly diagnostics: Diagnostics;
}

const ROLES = ['churned', 'revenueStart', 'revenueEnd'] as const;

/**
 * Share of customers and of recurring revenue lost in a period (客户流失率).
 *
 * Who is there: with `revenueStart`, those who paid more than 0 at the start; without, every row. Who left: `churned` 1,
 * or, without that column, `revenueEnd` 0. New customers (nothing at the start, something at the end) are counted apart
 * and stand in no denominator.
 *
 * @param data columns, one row per customer: `churned` (0/1), `revenueStart`, `revenueEnd` (money of one period, >= 0);
 *   `churned` or both revenues must be there; not modified
 * @param options `periodsPerYear`, `level`, `labels`
 * @returns counts, rates, annualized rates; absent fields need a column that is not there
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row, for a customer who left and pays, or nobody at the start
 * @example
 * churnRate({ revenueStart: [10, 20, 30, 0], revenueEnd: [0, 15, 40, 5] });
 * // customers 3, lost 1, rate 1/3, grossRevenueRate (10 + 5)/60 = 0.25, netRevenueRate 15/60 - 10/60 = 1/12
 *
 * Source: 1 - (1 - m)^12 for m a month, as for any rate that compounds. O(customers).
 */
export function churnRate(data: TableInput, options: ChurnRateOptions = {}): ChurnRate {
  const where = 'churnRate';
  checkKeys(where, options, ['periodsPerYear', 'level', 'labels']);
  const periodsPerYear = checkAbove0(where, 'periodsPerYear', options.periodsPerYear ?? 12);
  const level = checkLevel(where, options.level ?? 0.95);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const source = someRows(where, asTable(where, data));
  const columns = readColumns(where, source);
  const sums = addUp(where, columns, source.numRows);
  if (sums.customers === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'no customer was there at the start.', 'Pass the customers of the start, with revenueStart above 0.');

  const annual = (rate: number): number => 1 - (1 - rate) ** periodsPerYear;
  const rate = sums.lost / sums.customers;
  const [low, high] = wilsonLimits(sums.lost, sums.customers, level);
  const money = columns.start === undefined ? {} : revenueRates(sums, columns.end !== undefined, annual);
  const partial: Warning[] = columns.start !== undefined && columns.end === undefined
    ? [{ code: 'CONTRACTION_UNKNOWN', message: 'without a column revenueEnd, customers who stay and pay less are not seen, so gross revenue churn is that of lost customers alone. Add revenueEnd for contraction, expansion and the net rate.' }] : [];
  const result = {
    customers: sums.customers, lost: sums.lost, rate, low, high, annualRate: annual(rate), newCustomers: sums.newCustomers, ...money,
    diagnostics: withWarnings(cleanDiagnostics(source.numRows), partial),
  };
  return showableResult(result, { text: () => lines(result, language).join('\n'), html: () => lines(result, language).map((line) => `<p>${escapeHtml(line)}</p>`).join('') });
}

interface Columns {
  readonly churned?: Uint8Array;
  readonly start?: Float64Array;
  readonly end?: Float64Array;
}

function readColumns(where: string, source: Table): Columns {
  const [churned, start, end] = ROLES.map((name) => source.has(name));
  if (!churned && !(start && end)) {
    throw new ClienteleError('COLUMN_MISSING', { where, column: 'churned' }, `column "churned" is missing (found: ${source.names.join(', ')}).`, 'Give churned (0/1), or revenueStart and revenueEnd.');
  }
  if (end && !start) throw new ClienteleError('COLUMN_MISSING', { where, column: 'revenueStart' }, 'there is a column revenueEnd, but no revenueStart.', 'Give the money at the start too.');
  return {
    ...(churned ? { churned: yesNo(where, source, 'churned') } : {}),
    ...(start ? { start: finiteNumbers(where, source, 'revenueStart', 0) } : {}),
    ...(end ? { end: finiteNumbers(where, source, 'revenueEnd', 0) } : {}),
  };
}

interface Sums {
  readonly customers: number;
  readonly lost: number;
  readonly newCustomers: number;
  readonly revenue: number;
  readonly lostRevenue: number;
  readonly contraction: number;
  readonly expansion: number;
}

function addUp(where: string, { churned, start, end }: Columns, n: number): Sums {
  const lostMoney = new Float64Array(n), less = new Float64Array(n), more = new Float64Array(n);
  let customers = 0, lost = 0, newCustomers = 0;
  for (let i = 0; i < n; i++) {
    if (churned?.[i] === 1 && end !== undefined && end[i]! > 0) {
      throw new ClienteleError('VALUE_INVALID', { where, column: 'revenueEnd', row: i, value: String(end[i]) }, `row ${i} left (churned is 1) but still pays ${end[i]} at the end.`, 'Set churned to 0, or revenueEnd to 0.');
    }
    if (start !== undefined && start[i] === 0) {
      if (end !== undefined && end[i]! > 0) newCustomers++;
      continue;
    }
    customers++;
    if (churned === undefined ? end![i] === 0 : churned[i] === 1) {
      lost++;
      lostMoney[i] = start === undefined ? 0 : start[i]!;
    } else if (start !== undefined && end !== undefined) {
      const change = end[i]! - start[i]!;
      if (change < 0) less[i] = -change;
      else more[i] = change;
    }
  }
  return {
    customers, lost, newCustomers,
    revenue: start === undefined ? 0 : exactSum(start), lostRevenue: exactSum(lostMoney), contraction: exactSum(less), expansion: exactSum(more),
  };
}

function revenueRates({ revenue, lostRevenue, contraction, expansion }: Sums, ends: boolean, annual: (rate: number) => number): Partial<ChurnRate> {
  const gross = (lostRevenue + contraction) / revenue;
  const net = (lostRevenue + contraction - expansion) / revenue;
  return {
    revenue, lostRevenue, ...(ends ? { contraction, expansion } : {}), grossRevenueRate: gross, annualGrossRevenueRate: annual(gross),
    ...(ends ? { netRevenueRate: net, annualNetRevenueRate: annual(net) } : {}),
  };
}

function lines(found: Omit<ChurnRate, keyof Showable>, language: Language): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const { lost, customers, newCustomers } = found;
  const [rate, low, high, annual] = [found.rate, found.low, found.high, found.annualRate].map(percent);
  const [gross, net] = [found.grossRevenueRate, found.netRevenueRate].map((share) => (share === undefined ? undefined : percent(share)));
  const said = language === 'zh' ? [
    `${customers} 位客户中流失 ${lost} 位：流失率 ${rate}（${low} 至 ${high}），折合全年 ${annual}`,
    ...(gross === undefined ? [] : [`收入流失率：毛 ${gross}${net === undefined ? '' : `，净 ${net}`}`]), ...(newCustomers > 0 ? [`另有新客户 ${newCustomers} 位，不计入分母`] : []),
  ] : [
    `${lost} of ${customers} customers lost: ${rate} (${low} to ${high}), ${annual} a year`,
    ...(gross === undefined ? [] : [`revenue churn: gross ${gross}${net === undefined ? '' : `, net ${net}`}`]), ...(newCustomers > 0 ? [`${newCustomers} new ${newCustomers === 1 ? 'customer' : 'customers'}, in no denominator`] : []),
  ];
  return [...said, ...found.diagnostics.warnings.map((w) => `${w.code}: ${w.message}`)];
}
