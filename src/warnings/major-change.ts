import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, cellOf, columnMissing, compareText, type Cell, type Column, type Table, type TableInput } from '../columns/index.js';
import { finiteColumn, textCells } from './operations-input.js';
import { operationWarnings, type OperationFinding } from './operation-warnings.js';
import type { Language } from './words.js';

export interface MajorChangeOptions {
  /** relative change from which a change is major, 0.3 by default; both this and `amount` must be passed */
  readonly percent?: number;
  /** absolute change, in the measure's unit; 0 by default */
  readonly amount?: number;
  /** distance to own history in standard deviations that is major by itself, where there are 4 earlier periods; 3 by default */
  readonly z?: number;
  /** which way is worse: `'both'` (default), `'down'` (orders, money), `'up'` (complaints, credit use) */
  readonly worse?: 'both' | 'down' | 'up';
  /** the customers' money, such as that of the 365 days to asOf: a table with customer and money. It is what is at stake of those in it */
  readonly money?: TableInput;
  /** measures that are counted in money, or true where all are: of customers not in `money` the change itself is at stake */
  readonly inMoney?: boolean | readonly string[];
  readonly labels?: Language;
}

/**
 * Sudden changes of any measure of a customer (重大变故预警): complaints, credit use, order mix, money; or of a text, such as
 * the contact person.
 *
 * The last period of each customer and measure is held against the mean of the earlier ones. A change is major when it
 * passes `percent` and `amount`, or lies more than `z` standard deviations off; watch by the first alone, warn by z too,
 * critical at twice the limits. Customers with one period are not judged. A text is a warning whenever it changes. For the order mix give each product's share as a
 * measure of its own.
 *
 * Money at stake is the customer's own where `money` tells it, else the size of the change where the measure is in money
 * (per period). Of complaints or a contact person a history does not tell it: then it is missing, and ranks last.
 *
 * @param history long table: customer, period (dates, numbers, or text that sorts in time: `2026-09`, not `2026-9`), value (numbers or text), and measure where
 *   there are several; not modified
 * @returns findings in the shape of `warnings`: rule is `major-change: measure`, base the mean before
 * @throws ClienteleError `VALUE_INVALID` where nobody has two periods, or a period stands twice; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * majorChange({ customer: ['a', 'a'], period: ['2026-01', '2026-02'], value: [100, 40] }, { inMoney: true }).row(0);
 * // { customer: 'a', rule: 'major-change', severity: 'watch', value: 40, limit: 70, base: 100, …, moneyAtStake: 60 }
 */
export function majorChange(history: TableInput, options: MajorChangeOptions = {}): Table {
  const where = 'majorChange';
  checkKeys(where, options, ['percent', 'amount', 'z', 'worse', 'money', 'inMoney', 'labels']);
  const { percent = 0.3, amount = 0, z = 3 } = options;
  for (const [name, value] of Object.entries({ percent, amount, z })) if (!(typeof value === 'number' && value >= 0 && value < Infinity)) throw optionInvalid(where, name, value, 'Give a number of 0 or more.');
  const worse = checkWord(where, 'worse', options.worse ?? 'both', ['both', 'down', 'up']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const series = seriesOf(where, asTable(where, history));
  const stakeOf = stakes(where, options);
  const findings: OperationFinding[] = [];
  let judged = 0;
  for (const own of series) {
    const values = own.points.map(({ value }) => value);
    if (values.length < 2) continue;
    judged++;
    const rule = own.measure === '' ? 'major-change' : `major-change: ${own.measure}`;
    const change = changeOf(values, { percent, amount, z, worse }, labels);
    findings.push({ customer: own.customer, rule, ...change, moneyAtStake: stakeOf(own, change.value - change.base) });
  }
  if (judged === 0) throw new ClienteleError('VALUE_INVALID', { where, column: 'period' }, 'no customer has two periods.', 'Give at least the period before the last.');
  return operationWarnings(findings);
}

/** The money at stake of a customer and measure that changed; NaN where it is not known. */
function stakes(where: string, { money, inMoney = false }: MajorChangeOptions): (own: Series, change: number) => number {
  if (typeof inMoney !== 'boolean' && !(Array.isArray(inMoney) && inMoney.every((name) => typeof name === 'string'))) throw optionInvalid(where, 'inMoney', inMoney, "Name the measures that are money, ['revenue'], or say true where all are.");
  const known = money === undefined ? undefined : moneyByCustomer(where, asTable(where, money));
  return ({ customer, measure }, change) => known?.get(customer) ?? (inMoney === true || (inMoney !== false && inMoney.includes(measure)) ? Math.abs(change) : NaN);
}

function moneyByCustomer(where: string, source: Table): Map<string, number> {
  const ids = textCells(where, source, 'customer'), money = finiteColumn(where, source, 'money');
  const known = new Map<string, number>();
  ids.forEach((customer, row) => {
    if (known.has(customer)) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row, value: valueText(customer) }, `option money: customer ${valueText(customer)} stands twice.`, 'Give one row per customer.');
    known.set(customer, Math.max(0, money[row]!));
  });
  return known;
}

interface Series {
  readonly customer: string;
  readonly measure: string;
  readonly points: { readonly period: string; readonly value: Cell }[];
}

function seriesOf(where: string, source: Table): Series[] {
  const [ids, periods] = [textCells(where, source, 'customer'), textCells(where, source, 'period')];
  const measures = source.has('measure') ? textCells(where, source, 'measure') : ids.map(() => '');
  if (!source.has('value')) throw columnMissing(where, 'value', source.names);
  const column = source.column('value');
  const series = new Map<string, Series>();
  ids.forEach((customer, i) => {
    const value = cellOf(column, i);
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) throw new ClienteleError('VALUE_INVALID', { where, column: 'value', row: i }, `row ${i} has no value.`, 'Give 0 where nothing happened, or leave the row out.');
    const key = JSON.stringify([customer, measures[i]]);
    const own = series.get(key) ?? { customer, measure: measures[i]!, points: [] };
    if (own.points.some(({ period }) => period === periods[i])) throw new ClienteleError('VALUE_INVALID', { where, column: 'period', row: i, value: periods[i]! }, `period ${periods[i]} of customer ${customer} stands twice.`, 'Add the values up to one row per period, or name measures.');
    own.points.push({ period: periods[i]!, value });
    series.set(key, own);
  });
  const inTime = periodOrder(source.column('period').type, periods);
  for (const { points } of series.values()) points.sort((a, b) => inTime(a.period, b.period));
  return [...series.values()];
}

/** Numbers, and text of nothing but digits, by size, so that 9 comes before 10; other text as it sorts. */
function periodOrder(type: Column['type'], periods: readonly string[]): (a: string, b: string) => number {
  const numbers = type === 'number' || type === 'integer' || periods.every((period) => /^\d+$/.test(period));
  return numbers ? (a, b) => Number(a) - Number(b) : compareText;
}

function changeOf(values: readonly Cell[], limits: { percent: number; amount: number; z: number; worse: 'both' | 'down' | 'up' }, labels: Language): Pick<OperationFinding, 'rank' | 'value' | 'limit' | 'base' | 'reason'> {
  const last = values.at(-1)!, before = values.slice(0, -1);
  if (typeof last !== 'number') {
    const changed = last !== before.at(-1);
    return { rank: changed ? 2 : 0, value: NaN, limit: NaN, base: NaN, reason: labels === 'en' ? `from ${before.at(-1)} to ${last}` : `由 ${before.at(-1)} 变为 ${last}` };
  }
  const numbers = before as number[];
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const sd = numbers.length < 4 ? NaN : Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (numbers.length - 1));
  const change = last - mean, size = Math.abs(change);
  const relative = mean === 0 ? (size > 0 ? Infinity : 0) : size / Math.abs(mean);
  const wrongWay = limits.worse === 'both' || (limits.worse === 'down' ? change < 0 : change > 0);
  const large = (times: number): boolean => size > 0 && relative > limits.percent * times && size > limits.amount * times;
  // Periods all alike have no spread to measure by: what is large is far.
  const far = sd > 0 ? size > limits.z * sd : sd === 0 && large(1);
  const rank = !wrongWay ? 0 : large(2) && far ? 3 : far ? 2 : large(1) ? 1 : 0;
  const text = `${change > 0 ? '+' : ''}${Number(change.toPrecision(3))}`;
  return {
    rank, value: last, limit: mean + Math.sign(change) * Math.max(limits.percent * Math.abs(mean), limits.amount), base: mean,
    reason: labels === 'en' ? `${last} against ${Number(mean.toPrecision(4))} before (${text}), over ${numbers.length} earlier ${numbers.length === 1 ? 'period' : 'periods'}` : `当前 ${last}，此前平均 ${Number(mean.toPrecision(4))}（${text}），共 ${numbers.length} 期`,
  };
}
