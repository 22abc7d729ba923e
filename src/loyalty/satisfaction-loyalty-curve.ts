import { checkKeys, checkWhole, cleanDiagnostics, ClienteleError, withWarnings, type Diagnostics } from '../core/index.js';
import { asTable, cellOf, columnMissing, compareText, isPresent, showableResult, type Table, table, type Showable, type TableInput } from '../columns/index.js';
import { studentQuantile } from '../math/index.js';
import { checkedNumbers } from '../transactions/index.js';
import { checkLanguage, checkLevel, checkNumber, someRows } from './inputs.js';
import type { Labels, Language } from './words.js';

export type CurveShape = 'convex' | 'linear' | 'concave' | 'flat' | 'falling' | 'mixed' | 'too_few';
/** What people call a shape. */
export const CURVE_SHAPE_LABELS: Labels<CurveShape> = {
  convex: { en: 'Only the most satisfied stay: competition', zh: '只有非常满意者忠诚（竞争市场）' }, linear: { en: 'Loyalty grows with satisfaction', zh: '忠诚随满意同步上升' },
  concave: { en: 'Loyal unless very dissatisfied: few alternatives', zh: '除非很不满意，否则留下（选择有限）' }, flat: { en: 'Loyal whatever they feel: no choice', zh: '与满意无关（垄断）' }, 
  falling: { en: 'Loyalty falls as satisfaction grows: check the scales', zh: '忠诚随满意下降，请核对量表方向' }, mixed: { en: 'Up and down: no one direction', zh: '时升时降，无单一方向' }, too_few: { en: 'Too few levels to tell', zh: '等级太少，无法判断' },
};

export interface SatisfactionLoyaltyOptions {
  /** column of satisfaction, any scale; `'satisfaction'` by default */
  readonly satisfaction?: string;
  /** column of loyalty, any scale: intention, repurchase 0/1, an index; `'loyalty'` by default */
  readonly loyalty?: string;
  /** column that parts markets by competition; one curve of all when absent */
  readonly by?: string;
  /** rises and falls of up to that share of the range of loyalty seen are none; 0.1 by default */
  readonly flatBelow?: number;
  /** least answers of a level for it to take part in the shape; 5 by default, since the mean of fewer is chance */
  readonly minimum?: number;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

export interface SatisfactionLoyaltyCurve extends Showable {
  /** per market and level of satisfaction: `market`, `satisfaction`, `n`, `loyalty` (mean), `low`, `high` (Student's t; missing below two answers) */
  readonly table: Table;
  /** per market: `market`, `n`, `correlation`, `lowerGain`, `upperGain` (of loyalty, per unit of satisfaction, below and above the middle of the range), `shape`, `label` */
  readonly markets: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * How loyalty follows satisfaction, by market (满意与忠诚的关系): straight, only at the top, or not at all.
 *
 * Where customers can choose, "satisfied" is not enough: the curve is low until the top and then steep (convex). Where they
 * cannot, it is high all along (concave or flat), until they can. A curve that falls, or rises and falls, says so: more often
 * than not a scale is the wrong way round, or the levels have too few answers (see their limits).
 *
 * @param data one row per answer; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row; `OPTION_INVALID`
 * @example
 * satisfactionLoyaltyCurve({ satisfaction: [1, 2, 3, 4, 5], loyalty: [0, 0, 0.1, 0.3, 1] }, { minimum: 1 }).markets.cell('shape', 0);   // convex
 *
 * Shape: of the levels with `minimum` answers. A rise is the most that a level stands above a lower one, a fall the most it stands
 * below; both beyond `flatBelow` are mixed, only a fall falling, neither flat. A curve that rises is bent by the gain per unit of satisfaction above the middle of the levels seen against that below, with loyalty between
 * two levels drawn straight; one twice the other is bent. After Jones & Sasser (1995), Harvard Business Review 73. O(n log n).
 */
export function satisfactionLoyaltyCurve(data: TableInput, options: SatisfactionLoyaltyOptions = {}): SatisfactionLoyaltyCurve {
  const where = 'satisfactionLoyaltyCurve';
  checkKeys(where, options, ['satisfaction', 'loyalty', 'by', 'flatBelow', 'minimum', 'level', 'labels']);
  const language = checkLanguage(where, options.labels);
  const level = checkLevel(where, options.level ?? 0.95);
  const flatBelow = checkNumber(where, 'flatBelow', options.flatBelow ?? 0.1, 0, 1);
  const minimum = checkWhole(where, 'minimum', options.minimum ?? 5, 1);
  const source = someRows(where, asTable(where, data));
  const satisfaction = checkedNumbers(where, source, options.satisfaction ?? 'satisfaction');
  const loyalty = checkedNumbers(where, source, options.loyalty ?? 'loyalty');
  const range = loyalty.reduce((a, b) => Math.max(a, b), -Infinity) - loyalty.reduce((a, b) => Math.min(a, b), Infinity);
  const markets = [...marketRows(where, source, options.by)].map(([market, rows]) => {
    const points = pointsOf(rows, satisfaction, loyalty, level);
    return { market, n: rows.length, points, correlation: correlation(rows, satisfaction, loyalty), ...bend(points.filter(({ n }) => n >= minimum), flatBelow * range) };
  });
  const all = markets.flatMap(({ market, points }) => points.map((point) => ({ market, ...point })));
  const number = (of: (p: (typeof all)[number]) => number): Float64Array => Float64Array.from(all, of);
  const answer = table({ market: all.map(({ market }) => market), satisfaction: number((p) => p.at), n: Int32Array.from(all, (p) => p.n), loyalty: number((p) => p.mean), low: number((p) => p.low), high: number((p) => p.high) });
  const own = (of: (m: (typeof markets)[number]) => number): Float64Array => Float64Array.from(markets, of);
  const summary = table({
    market: markets.map(({ market }) => market), n: Int32Array.from(markets, ({ n }) => n), correlation: own((m) => m.correlation), lowerGain: own((m) => m.lower), upperGain: own((m) => m.upper),
    shape: markets.map(({ shape }) => shape), label: markets.map(({ shape }) => CURVE_SHAPE_LABELS[shape][language]),
  });
  const few = markets.filter(({ shape }) => shape === 'too_few').map(({ market }) => market);
  const said = few.length === 0 ? [] : [{ code: 'TOO_FEW_LEVELS', message: `${few.join(', ')}: below three levels of satisfaction with ${minimum} answers or more a curve has no shape. Collect more answers, join markets, or lower minimum.` }];
  return showableResult({ table: answer, markets: summary, diagnostics: withWarnings(cleanDiagnostics(source.numRows), said) }, { text: () => summary.toString(), html: () => summary.toHTML() });
}

function marketRows(where: string, source: Table, by: string | undefined): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  if (by === undefined) return rows.set('all', Array.from({ length: source.numRows }, (_, i) => i));
  if (!source.has(by)) throw columnMissing(where, by, source.names);
  const column = source.column(by);
  for (let i = 0; i < source.numRows; i++) {
    if (!isPresent(column, i)) throw new ClienteleError('VALUE_INVALID', { where, column: by, row: i }, `row ${i} has no market.`, 'Fill it, or drop the row.');
    const name = String(cellOf(column, i));
    const own = rows.get(name);
    if (own === undefined) rows.set(name, [i]);
    else own.push(i);
  }
  return new Map([...rows].sort(([a], [b]) => compareText(a, b)));
}

interface Point {
  readonly at: number;
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function pointsOf(rows: readonly number[], satisfaction: Float64Array, loyalty: Float64Array, level: number): Point[] {
  const levels = new Map<number, number[]>();
  for (const i of rows) {
    const own = levels.get(satisfaction[i]!);
    if (own === undefined) levels.set(satisfaction[i]!, [loyalty[i]!]);
    else own.push(loyalty[i]!);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([at, values]) => {
    const n = values.length;
    const mean = values.reduce((a, b) => a + b, 0) / n;
    const half = n < 2 ? NaN : studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1) / n);
    return { at, n, mean, low: mean - half, high: mean + half };
  });
}

function bend(points: readonly Point[], level: number): { lower: number; upper: number; shape: CurveShape } {
  if (points.length < 3) return { lower: NaN, upper: NaN, shape: 'too_few' };
  const [first, last] = [points[0]!, points.at(-1)!];
  const middle = (first.at + last.at) / 2;
  const k = points.findIndex(({ at }) => at >= middle);
  const [before, after] = [points[k - 1]!, points[k]!];
  const atMiddle = before.mean + ((after.mean - before.mean) * (middle - before.at)) / (after.at - before.at);
  const lower = (atMiddle - first.mean) / (middle - first.at);
  const upper = (last.mean - atMiddle) / (last.at - middle);
  const rises = most(points.map(({ mean }) => mean)) > level, falls = most(points.map(({ mean }) => -mean)) > level;
  const bent = upper > 2 * Math.max(lower, 0) ? 'convex' : lower > 2 * Math.max(upper, 0) ? 'concave' : 'linear';
  return { lower, upper, shape: rises && falls ? 'mixed' : falls ? 'falling' : rises ? bent : 'flat' };
}

/** The most that a value stands above one before it. */
function most(values: readonly number[]): number {
  let [least, rise] = [Infinity, 0];
  for (const value of values) {
    least = Math.min(least, value);
    rise = Math.max(rise, value - least);
  }
  return rise;
}

/** Pearson's; missing where either does not vary. */
function correlation(rows: readonly number[], x: Float64Array, y: Float64Array): number {
  const mean = (of: Float64Array): number => rows.reduce((sum, i) => sum + of[i]!, 0) / rows.length;
  const [mx, my] = [mean(x), mean(y)];
  let xy = 0, xx = 0, yy = 0;
  for (const i of rows) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : NaN;
}
