import { checkWhole, optionInvalid, seededRandom, valueText, type Diagnostics, type Warning } from '../core/index.js';
import { categoryColumn, Table, type Showable, type TableInput } from '../columns/index.js';
import { inverseSymmetric, normalQuantile, studentCdf, studentQuantile, symmetricEigen } from '../math/index.js';
import { completeRows, correlationsOf, covariances } from './correlations.js';
import { kish } from './cronbach-alpha.js';
import { percentiles, type Estimate } from './estimate.js';
import { cellColumns, countsColumn, flagsColumn, numbersColumn, showSurvey, surveyDiagnostics, surveyResult, type Series } from './figures.js';
import { checkColumns, readSurvey, scoresOf, UNBOUNDED, type Survey, type SurveyCell, type SurveyOptions } from './survey.js';
import { correlationTest, zTest, type DifferenceTest } from './test-difference.js';
import { ALL_ANSWERS, DRIVER_FIGURES, labelOf, MEASURES } from './words.js';

/** What may move satisfaction, and what is moved. */
export interface DriversOptions extends SurveyOptions {
  /** columns of the items that may move it */
  readonly items: readonly string[];
  /** column of overall satisfaction; of several the mean */
  readonly overall: string | readonly string[];
  /** draws of the bootstrap for the limits of relative weights, 0 (no limits) to 100,000; 500 by default */
  readonly samples?: number;
  /** 1 by default */
  readonly seed?: number;
}

/** How much each item moves overall satisfaction; shows itself. */
export interface Drivers extends Showable {
  readonly label: string;
  /**
   * one row per item, group and wave: `n`, `correlation` (`correlationError`, `correlationLow`, `correlationHigh`),
   * `coefficient` of the regression in standard deviations (`coefficientError` …, `p`), `inflation` (variance inflation factor),
   * `relativeWeight` (`relativeWeightError`, `relativeWeightLow`, `relativeWeightHigh`), its `share` of what is explained,
   * `publish`
   */
  readonly table: Table;
  /** one row per group and wave: `n`, `explained` (R²), `publish` */
  readonly models: Table;
  /**
   * as of other figures, for the correlation of each item (Fisher's z) and its relative weight (z on the bootstrap's errors; not
   * without `samples`): `item`, `label`, `from`, `to`, `difference` …
   */
  readonly differences: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Which items move overall satisfaction (驱动因素): by correlation, by regression, and by relative weights, which part what the
 * items explain together fairly among items that resemble one another.
 *
 * Only respondents who answered everything count. An association is no proof of a cause. The shares of relative weights sum
 * to 1; they are the usual importance axis for {@link importancePerformance}.
 *
 * @param answers a row per respondent; not modified
 * @param options see {@link DriversOptions}; `minimum` is 100
 * @returns see {@link Drivers}; where an item does not vary, or items follow from each other, the figures are missing and a
 *   warning says so
 * @throws ClienteleError `VALUE_INVALID` for no rows or an infinite answer; `COLUMN_MISSING`; `OPTION_INVALID`, also where
 *   `overall` is among the items
 * @example
 * drivers(answers, { items: ['price', 'service', 'range'], overall: 'satisfaction' });
 *
 * Source: limits of correlations by Fisher's z (1921); relative weights by Johnson (2000), Multivariate Behavioral Research 35.
 * O(samples × answers × items²).
 */
export function drivers(answers: TableInput, options: DriversOptions): Drivers {
  const where = 'drivers';
  const survey = readSurvey(where, answers, options, ['items', 'overall', 'samples', 'seed'], 100);
  const names = checkColumns(where, 'items', options.items);
  const columns = [...names.map((name) => scoresOf(survey, name, 'items', UNBOUNDED)), overallOf(survey, options.overall, names)];
  const samples = checkWhole(where, 'samples', options.samples ?? 500, 0, 100_000);
  const seed = checkWhole(where, 'seed', options.seed ?? 1, 0, 0xffffffff);
  const driversAt = driversBy(survey, columns, samples, seed);
  const found = survey.cells.map((cell) => driversAt(cell.rows, cell));
  const flat = found.flatMap((one) => names.map((item, j) => ({ item, one, j })));
  const of = (name: keyof ItemFigures): readonly [string, ReturnType<typeof numbersColumn>] => [name, numbersColumn(flat.map(({ one, j }) => one.items[j]![name]))];
  const table = new Table([
    ['item', categoryColumn(flat.map(({ item }) => item))], ...cellColumns(survey, flat.map(({ one }) => one.cell)), ['n', countsColumn(flat.map(({ one }) => one.n))],
    ...(['correlation', 'correlationError', 'correlationLow', 'correlationHigh', 'coefficient', 'coefficientError', 'coefficientLow', 'coefficientHigh', 'p', 'inflation', 'relativeWeight', 'relativeWeightError', 'relativeWeightLow', 'relativeWeightHigh', 'share'] as const).map(of),
    ['publish', flagsColumn(flat.map(({ one }) => one.effectiveN >= survey.minimum))],
  ]);
  const models = new Table([
    ...cellColumns(survey, found.map(({ cell }) => cell)), ['n', countsColumn(found.map(({ n }) => n))],
    ['explained', numbersColumn(found.map(({ explained }) => explained))], ['publish', flagsColumn(found.map(({ effectiveN }) => effectiveN >= survey.minimum))],
  ]);
  const figures = (samples === 0 ? ['correlation'] as const : ['correlation', 'relativeWeight'] as const);
  const series = names.flatMap((key, j) => figures.map((name): Series => ({ key, label: labelOf(DRIVER_FIGURES, survey.labels, name), estimate: (rows) => driverEstimate(driversAt(rows), j, name), test: DRIVER_TESTS[name] })));
  const { differences } = surveyResult(survey, series, { measure: 'drivers', label: '', seriesName: 'item', test: zTest });
  return showSurvey({ label: MEASURES[survey.labels].drivers, table, models, differences, diagnostics: surveyDiagnostics(survey, driverWarnings(survey, found)) }, [table, models, ...(differences.numRows > 0 ? [differences] : [])]);
}

/** What of a driver may be compared. */
export type DriverFigure = 'correlation' | 'coefficient' | 'relativeWeight';

/** How each is compared. */
export const DRIVER_TESTS: Readonly<Record<DriverFigure, DifferenceTest>> = { correlation: correlationTest, coefficient: zTest, relativeWeight: zTest };

/** One figure of an item, with its error and limits. */
export function driverEstimate({ n, effectiveN, items }: CellDrivers, item: number, name: DriverFigure): Estimate {
  const own = items[item]!;
  return { n, effectiveN, value: own[name], standardError: own[`${name}Error`], low: own[`${name}Low`], high: own[`${name}High`] };
}

/** The drivers of some rows, found once. */
export function driversBy(survey: Survey, columns: readonly Float64Array[], samples: number, seed: number): (rows: Int32Array, cell?: SurveyCell) => CellDrivers {
  const known = new Map<Int32Array, CellDrivers>();
  return (rows, cell = { group: undefined, wave: undefined, rows }) => {
    const found = known.get(rows) ?? driversOf(survey, cell, columns, samples, seed);
    known.set(rows, found);
    return found;
  };
}

/** Overall satisfaction: one column, or the mean of several where all are answered; none of the items. */
export function overallOf(survey: Survey, overall: unknown, items: readonly string[]): Float64Array {
  if (overall === undefined) throw optionInvalid(survey.where, 'overall', overall, "Name the column of overall satisfaction: { overall: 'satisfaction' }.");
  const names = typeof overall === 'string' ? [overall] : checkColumns(survey.where, 'overall', overall);
  const twice = names.find((name) => items.includes(name));
  if (twice !== undefined) throw optionInvalid(survey.where, 'overall', twice, 'It is among the items, and would explain itself. Leave it out of items.');
  const columns = names.map((name) => scoresOf(survey, name, 'overall', UNBOUNDED));
  return columns[0]!.map((_, row) => columns.reduce((sum, column) => sum + column[row]!, 0) / columns.length);
}

/** What must be said of cells that tell little. */
export function driverWarnings({ minimum, labels }: Survey, found: readonly CellDrivers[]): Warning[] {
  const zh = labels === 'zh';
  return [
    ...found.filter(({ why }) => why !== undefined).map(({ cell, why, n }) => ({ code: 'NOT_IDENTIFIED', message: `${nameOf(cell, labels)}${zh ? '：' : ': '}${WHY[labels][why!](n)}` })),
    ...found.filter(({ effectiveN }) => effectiveN < minimum).map(({ cell, effectiveN }) => {
      const n = Number(effectiveN.toFixed(1));
      return { code: 'TOO_FEW', message: zh ? `${nameOf(cell, labels)}：完整答卷 ${n} 份，少于 ${minimum} 份，重要性不宜发布。请收集更多答卷，或合并组别。` : `${nameOf(cell, labels)}: ${n} complete answers are fewer than ${minimum}, too few to publish importance. Gather more, or join groups.` };
    }),
  ];
}

/** Why figures are missing. */
type Why = 'none' | 'equal' | 'dependent';

const WHY: Readonly<Record<'en' | 'zh', Readonly<Record<Why, (n: number) => string>>>> = {
  en: { none: (n) => `${n} complete answers tell nothing.`, equal: () => 'an item, or the overall answer, is the same for everyone. Leave it out.', dependent: () => 'some items follow from the others, so that regression and relative weights cannot part them. Leave one of them out.' },
  zh: { none: (n) => `${n} 份完整答卷说明不了什么。`, equal: () => '某个项目或总体评价对所有人都相同。请剔除。', dependent: () => '有些项目可由其他项目推出，回归与相对权重无法区分它们。请剔除其中之一。' },
};

/** The figures of one item. */
export interface ItemFigures {
  correlation: number;
  correlationError: number;
  correlationLow: number;
  correlationHigh: number;
  coefficient: number;
  coefficientError: number;
  coefficientLow: number;
  coefficientHigh: number;
  p: number;
  inflation: number;
  relativeWeight: number;
  relativeWeightError: number;
  relativeWeightLow: number;
  relativeWeightHigh: number;
  share: number;
}

/** The figures of all items in one group and wave. */
export interface CellDrivers {
  readonly cell: SurveyCell;
  readonly n: number;
  readonly effectiveN: number;
  readonly explained: number;
  readonly items: readonly ItemFigures[];
  readonly why: Why | undefined;
}

/** The figures of one cell; the last of the columns is what is explained. */
function driversOf(survey: Survey, cell: SurveyCell, columns: readonly Float64Array[], samples: number, seed: number): CellDrivers {
  const k = columns.length - 1;
  const rows = completeRows(columns, cell.rows);
  const effectiveN = kish(survey.weights, rows);
  const matrix = rows.length < 2 ? new Float64Array((k + 1) ** 2).fill(NaN) : correlationsOf(covariances(columns, rows, survey.weights));
  const model = regress(matrix, k);
  const weights = relativeWeights(matrix, k);
  const limits = weightLimits(survey, columns, rows, weights === undefined ? 0 : samples, seed);
  const degrees = effectiveN - k - 1;
  const items = Array.from({ length: k }, (_, j): ItemFigures => {
    const correlation = matrix[j * (k + 1) + k]!;
    const coefficient = model?.coefficients[j] ?? NaN, inflation = model?.inverse[j * k + j] ?? NaN;
    const coefficientError = degrees > 0 ? Math.sqrt((Math.max(0, 1 - (model?.explained ?? NaN)) / degrees) * inflation) : NaN;
    const relativeWeight = weights?.[j] ?? NaN;
    const t = degrees > 0 ? studentQuantile((1 + survey.level) / 2, degrees) : NaN;
    return {
      correlation, ...correlationLimits(correlation, effectiveN, survey.level),
      coefficient, coefficientError, coefficientLow: coefficient - t * coefficientError, coefficientHigh: coefficient + t * coefficientError, p: coefficientError > 0 ? Math.min(1, 2 * studentCdf(-Math.abs(coefficient / coefficientError), degrees)) : NaN, inflation,
      relativeWeight, relativeWeightError: limits[j]!.standardError, relativeWeightLow: limits[j]!.low, relativeWeightHigh: limits[j]!.high, share: relativeWeight / (model?.explained ?? NaN),
    };
  });
  const why = rows.length < 2 ? 'none' : matrix.some(Number.isNaN) ? 'equal' : model === undefined ? 'dependent' : undefined;
  return { cell, n: rows.length, effectiveN, explained: model?.explained ?? NaN, items, why };
}

/** Limits of a correlation by Fisher's z; its error is that of z times the slope 1 - r². */
function correlationLimits(r: number, n: number, level: number): Pick<ItemFigures, 'correlationError' | 'correlationLow' | 'correlationHigh'> {
  if (!(n > 3) || Number.isNaN(r)) return { correlationError: NaN, correlationLow: NaN, correlationHigh: NaN };
  const width = normalQuantile((1 + level) / 2) / Math.sqrt(n - 3);
  const z = Math.atanh(r);
  return { correlationError: (1 - r * r) / Math.sqrt(n - 3), correlationLow: Math.tanh(z - width), correlationHigh: Math.tanh(z + width) };
}

interface Regression {
  readonly coefficients: Float64Array;
  readonly inverse: Float64Array;
  readonly explained: number;
}

/** Least squares among standardized columns, the last the one explained; nothing where items follow from each other. */
function regress(matrix: Float64Array, k: number): Regression | undefined {
  const inner = innerOf(matrix, k);
  if (inner === undefined) return undefined;
  const inverse = inverseSymmetric(inner, k);
  if (inverse === undefined || Array.from({ length: k }, (_, j) => inverse[j * k + j]!).some((inflation) => !(inflation < 1e10))) return undefined;
  const right = rightOf(matrix, k);
  const coefficients = right.map((_, i) => right.reduce((sum, r, j) => sum + inverse[i * k + j]! * r, 0));
  return { coefficients, inverse, explained: coefficients.reduce((sum, b, j) => sum + b * right[j]!, 0) };
}

/**
 * What each item adds to R²: the items are turned into the nearest uncorrelated ones, and their parts handed back.
 *
 * @returns k numbers >= 0 that sum to R²
 */
function relativeWeights(matrix: Float64Array, k: number): Float64Array | undefined {
  const inner = innerOf(matrix, k);
  if (inner === undefined) return undefined;
  const { values, vectors } = symmetricEigen(inner, k);
  if (values.some((value) => !(value > 1e-10))) return undefined;
  const root = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) for (let e = 0; e < k; e++) root[i * k + j]! += vectors[i * k + e]! * Math.sqrt(values[e]!) * vectors[j * k + e]!;
  const right = rightOf(matrix, k);
  // The inverse of the root, by the same vectors, times the correlations with the outcome.
  const turned = right.map((_, i) => {
    let sum = 0;
    for (let e = 0; e < k; e++) {
      let along = 0;
      for (let j = 0; j < k; j++) along += vectors[j * k + e]! * right[j]!;
      sum += (vectors[i * k + e]! * along) / Math.sqrt(values[e]!);
    }
    return sum;
  });
  return right.map((_, j) => turned.reduce((sum, beta, i) => sum + (root[j * k + i]! * beta) ** 2, 0));
}

function innerOf(matrix: Float64Array, k: number): Float64Array | undefined {
  if (matrix.some(Number.isNaN)) return undefined;
  const inner = new Float64Array(k * k);
  for (let i = 0; i < k; i++) inner.set(matrix.subarray(i * (k + 1), i * (k + 1) + k), i * k);
  return inner;
}

function rightOf(matrix: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: k }, (_, j) => matrix[j * (k + 1) + k]!);
}

function weightLimits(survey: Survey, columns: readonly Float64Array[], rows: Int32Array, samples: number, seed: number): { standardError: number; low: number; high: number }[] {
  const k = columns.length - 1;
  const random = seededRandom(seed);
  const values = Array.from({ length: k }, () => [] as number[]);
  const drawn = new Int32Array(rows.length);
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = rows[random.below(rows.length)]!;
    relativeWeights(correlationsOf(covariances(columns, drawn, survey.weights)), k)?.forEach((weight, j) => values[j]!.push(weight));
  }
  return values.map((own) => percentiles(Float64Array.from(own), survey.level));
}

function nameOf({ group, wave }: SurveyCell, labels: 'en' | 'zh'): string {
  return [group, wave].filter((part) => part !== undefined).map((part) => valueText(part)).join(labels === 'zh' ? '，' : ', ') || ALL_ANSWERS[labels];
}
