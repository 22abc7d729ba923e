import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { columnMissing, median, numbersOf, orderByNumber, quantileCuts, type Table } from '../columns/index.js';

/** How a measure becomes comparable with others. */
export type Normalization = 'min-max' | 'z' | 'rank' | 'robust' | 'vector';

export const NORMALIZATIONS: readonly Normalization[] = ['min-max', 'z', 'rank', 'robust', 'vector'];

/** One criterion customers are judged by. */
export interface Criterion {
  /** numeric column */
  readonly column: string;
  /** whether more is better (`'high'`) or less (`'low'`: overdue debt, days between purchases) */
  readonly direction: 'high' | 'low';
  /** part in the score, at least 0; all weights sum to 1. Equal weights when none is given. */
  readonly weight?: number;
  /**
   * `'min-max'` (default, but for TOPSIS): 0 to 1 between the extremes; `'rank'`: 0 to 1 by place, equal values sharing it;
   * `'z'`: population standard deviations from the mean; `'robust'`: from the median, in interquartile ranges (type 7), refused
   * where most values are equal so that there is no such range; `'vector'`: over the root of the sum of squares, as Hwang & Yoon
   * have it for TOPSIS and the default there
   */
  readonly normalization?: Normalization;
  /** a missing value is `'refuse'`d (default), counts as the `'worst'` or `'median'` of those there are, or its weight goes to the others (`'skip'`) */
  readonly missing?: 'refuse' | 'worst' | 'median' | 'skip';
}

/** A criterion read from a table. */
export interface ReadCriterion {
  readonly column: string;
  readonly direction: 'high' | 'low';
  /** as they stand in the table, gaps filled where the rule says so, else NaN */
  readonly values: Float64Array;
  /** the higher, the better; NaN where skipped */
  readonly normalized: Float64Array;
  readonly missing: number;
  readonly normalization: Normalization;
  /** whether all values are the same: the criterion then ranks nobody */
  readonly constant: boolean;
  /** whether they differ and yet have no scale: a quartile distance of 0 */
  readonly scaleless: boolean;
}

const KEYS = ['column', 'direction', 'weight', 'normalization', 'missing'] as const;

/**
 * Read a criterion: gaps by its rule, then made comparable, the better the higher.
 *
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming column and row
 */
export function readCriterion(where: string, table: Table, criterion: Criterion, i: number, usual: Normalization): ReadCriterion {
  if (typeof criterion !== 'object' || criterion === null) throw optionInvalid(where, `criteria[${i}]`, criterion, "Give { column: 'sales', direction: 'high', weight: 0.4 }.");
  checkKeys(where, criterion, KEYS);
  const direction = checkWord(where, `criteria[${i}].direction`, criterion.direction, ['high', 'low']);
  const normalization = checkWord(where, `criteria[${i}].normalization`, criterion.normalization ?? usual, NORMALIZATIONS);
  const rule = checkWord(where, `criteria[${i}].missing`, criterion.missing ?? 'refuse', ['refuse', 'worst', 'median', 'skip']);
  const { column } = criterion;
  if (!table.has(column)) throw columnMissing(where, column, table.names);
  const { values, missing } = filled(where, column, numbersOf(where, table, column), direction, rule);
  const sign = direction === 'high' ? 1 : -1;
  const known = values.filter((value) => !Number.isNaN(value));
  const constant = known.every((value) => value === known[0]);
  const { normalized, scale } = normalize(values.map((value) => sign * value), constant, normalization);
  return { column, direction, values, normalized, missing, normalization, constant, scaleless: !constant && scale === 0 };
}

function filled(where: string, column: string, given: Float64Array, direction: 'high' | 'low', rule: 'refuse' | 'worst' | 'median' | 'skip'): { values: Float64Array; missing: number } {
  const row = given.findIndex((value) => !Number.isFinite(value));
  if (row === -1) return { values: given, missing: 0 };
  const infinite = given.findIndex((value) => Math.abs(value) === Infinity);
  const known = given.filter((value) => !Number.isNaN(value));
  if (infinite !== -1 || rule === 'refuse' || known.length === 0) {
    const at = infinite === -1 ? row : infinite;
    throw new ClienteleError('VALUE_INVALID', { where, column, row: at, value: valueText(given[at]) }, `column ${valueText(column)}, row ${at}: the value is ${Number.isNaN(given[at]) ? 'missing' : String(given[at])}.`, "Fill it, or say how gaps count: missing: 'worst', 'median' or 'skip'.");
  }
  const missing = given.length - known.length;
  if (rule === 'skip') return { values: given, missing };
  const extreme = direction === 'high' ? known.reduce((a, b) => Math.min(a, b)) : known.reduce((a, b) => Math.max(a, b));
  const fill = rule === 'worst' ? extreme : median(known);
  return { values: given.map((value) => (Number.isNaN(value) ? fill : value)), missing };
}

/** Comparable values, NaN staying NaN; by middle and scale all 0 where the values do not differ. */
function normalize(values: Float64Array, constant: boolean, how: Normalization): { normalized: Float64Array; scale: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  if (how === 'rank') return { normalized: ranked(values, known.length), scale: 1 };
  if (how === 'vector') {
    const norm = vectorNorm(known);
    return { normalized: values.map((value) => (norm > 0 ? value / norm : value)), scale: 1 };
  }
  if (constant) return { normalized: values.map((value) => value - value), scale: 0 };
  const { middle, scale } = middleAndScale(known, how);
  return { normalized: values.map((value) => (scale > 0 ? (value - middle) / scale : value - value)), scale };
}

/** Root of the sum of squares, of parts of the largest so that it cannot run over. */
function vectorNorm(known: Float64Array): number {
  const most = known.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return most === 0 ? 0 : most * Math.sqrt(known.reduce((sum, value) => sum + (value / most) ** 2, 0));
}

function middleAndScale(known: Float64Array, how: 'min-max' | 'z' | 'robust'): { middle: number; scale: number } {
  if (how === 'min-max') {
    const least = known.reduce((a, b) => Math.min(a, b));
    return { middle: least, scale: known.reduce((a, b) => Math.max(a, b)) - least };
  }
  if (how === 'robust') {
    const [q1, q2, q3] = quantileCuts(known, 4) as unknown as [number, number, number];
    return { middle: q2, scale: q3 - q1 };
  }
  const middle = known.reduce((a, b) => a + b, 0) / known.length;
  return { middle, scale: Math.sqrt(known.reduce((sum, value) => sum + (value - middle) ** 2, 0) / known.length) };
}

/** The mean place of equal values, 0 the worst to 1 the best. */
function ranked(values: Float64Array, known: number): Float64Array {
  const places = new Float64Array(values.length);
  const order = orderByNumber(values.map((value) => (Number.isNaN(value) ? Infinity : value)));
  for (let from = 0; from < known; ) {
    let to = from + 1;
    while (to < known && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) places[order[k]!] = known === 1 ? 0 : (from + to - 1) / 2 / (known - 1);
    from = to;
  }
  return places.map((place, i) => (Number.isNaN(values[i]!) ? NaN : place));
}
