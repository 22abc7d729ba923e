import { checkKeys, checkWhole, checkWord, optionInvalid, type Diagnostics, type Warning } from '../core/index.js';
import { categoryColumn, median, Table, type Showable, type TableInput } from '../columns/index.js';
import { DRIVER_TESTS, driverEstimate, driversBy, driverWarnings, overallOf } from './drivers.js';
import { meanEstimate, type Estimate } from './estimate.js';
import { cellColumns, countsColumn, flagsColumn, numbersColumn, published, showSurvey, surveyDiagnostics, surveyResult, type Series } from './figures.js';
import { checkColumns, checkScale, readSurvey, scoresOf, SURVEY_OPTIONS, UNBOUNDED, type Scale, type Survey, type SurveyCell, type SurveyOptions } from './survey.js';
import { welchTest, type DifferenceTest } from './test-difference.js';
import { DRIVER_FIGURES, labelOf, MEASURES, QUADRANTS } from './words.js';

/** How importance is found, and where the lines are drawn. */
export interface ImportancePerformanceOptions extends SurveyOptions {
  /** columns of performance, one per item */
  readonly items: readonly string[];
  /**
   * `'correlation'` (default), `'regression'` or `'relative-weights'` with `overall`; or the column of stated importance of each
   * item: `{ price: 'price_importance' }`
   */
  readonly importance?: 'correlation' | 'regression' | 'relative-weights' | Readonly<Record<string, string>>;
  /** column of overall satisfaction, or several to average, from which importance is derived */
  readonly overall?: string | readonly string[];
  /**
   * where low ends and high begins: `'mean'` (default) or `'median'` over the items; `'scale'`, the middle of `scale`, for
   * performance and stated importance; or numbers
   */
  readonly cut?: 'mean' | 'median' | 'scale' | { readonly importance: number; readonly performance: number };
  /** lowest and highest answer, needed by `cut: 'scale'` */
  readonly scale?: readonly [number, number];
  /** draws for the limits of relative weights, and their seed */
  readonly samples?: number;
  readonly seed?: number;
}

/** Items in four quadrants; shows itself. */
export interface ImportancePerformance extends Showable {
  readonly label: string;
  /**
   * one row per item, group and wave: `n`; `importance`, `importanceError`, `importanceLow`, `importanceHigh`; `performance` with
   * the same; `quadrant`, `quadrantLabel`; `sure` (fit to publish, and neither cut lies within the limits); `publish`
   */
  readonly table: Table;
  /** one row per group and wave: `importanceCut`, `performanceCut` */
  readonly cuts: Table;
  /**
   * as of other figures, for importance (Fisher's z for correlations, z for coefficients and relative weights, Welch's t where it is
   * stated) and performance (Welch's t) of each item: `item`, `label`, `from`, `to`, `difference` …; that an item changes its
   * quadrant is not tested
   */
  readonly differences: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Importance-performance analysis (重要性—绩效分析): what matters and is done badly comes first.
 *
 * A value equal to a cut counts as high. Cuts move with the items chosen: `sure` says which items would stay where they are.
 *
 * @param answers a row per respondent; not modified
 * @param options see {@link ImportancePerformanceOptions}; `minimum` is 100 where importance is derived, 30 where it is stated
 * @returns see {@link ImportancePerformance}; quadrants are `concentrate_here`, `keep_up`, `low_priority`, `possible_overkill`
 * @throws ClienteleError `VALUE_INVALID` naming the row of an answer off the scale; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * importancePerformance(answers, { items: ['price', 'service'], overall: 'satisfaction' });
 *
 * Source: Martilla & James (1977), Journal of Marketing 41. O(answers × items²).
 */
export function importancePerformance(answers: TableInput, options: ImportancePerformanceOptions): ImportancePerformance {
  const where = 'importancePerformance';
  checkKeys(where, options, [...SURVEY_OPTIONS, 'importance', 'overall', 'cut', 'items', 'samples', 'seed', 'scale'], ['items']);
  const { importance = 'correlation', overall, cut = 'mean', items, samples, seed, scale, ...common } = options;
  const derived = typeof importance === 'string';
  if (derived) checkWord(where, 'importance', importance, ['correlation', 'regression', 'relative-weights']);
  else if (typeof importance !== 'object' || importance === null) throw optionInvalid(where, 'importance', importance, "Use 'correlation', 'regression', 'relative-weights', or a column per item.");
  const survey = readSurvey(where, answers, common, [], derived ? 100 : 30);
  const names = checkColumns(where, 'items', items, 2);
  const own: Scale = scale === undefined ? UNBOUNDED : checkScale(where, scale);
  checkCut(where, cut, scale !== undefined, derived);
  const performance = names.map((name) => scoresOf(survey, name, 'items', own));
  const weights = derived ? derivedImportance(survey, names, performance, overall, importance, samples, seed) : statedImportance(survey, names, importance, own);
  const found = survey.cells.flatMap((cell) => {
    const rows = names.map((item, j) => ({ item, cell, importance: weights.of(cell.rows, j), performance: meanEstimate(survey, performance[j]!, cell.rows) }));
    const cuts = cutsOf(rows, cut, own);
    return rows.map((row) => ({ ...row, cuts, ...quadrantOf(row.importance, row.performance, cuts) }));
  });
  const table = ipaTable(survey, found);
  const cells = found.filter((_, i) => i % names.length === 0);
  const cuts = new Table([...cellColumns(survey, cells.map(({ cell }) => cell)), ['importanceCut', numbersColumn(cells.map((one) => one.cuts.importance))], ['performanceCut', numbersColumn(cells.map((one) => one.cuts.performance))]]);
  const few = found.filter((one) => !enough(survey, one)).length;
  const warnings: Warning[] = [...weights.warnings, ...(few === 0 || weights.warnings.some(({ code }) => code === 'TOO_FEW') ? [] : [{ code: 'TOO_FEW', message: fewItems(survey, few, found.length) }])];
  const differences = differencesOf(survey, names, weights, performance);
  return showSurvey({ label: MEASURES[survey.labels].importancePerformance, table, cuts, differences, diagnostics: surveyDiagnostics(survey, warnings) }, [table, cuts, ...(differences.numRows > 0 ? [differences] : [])]);
}

function fewItems({ labels, minimum }: Survey, few: number, all: number): string {
  if (labels === 'zh') return `${all} 个项目中有 ${few} 个的答卷少于 ${minimum} 份，不宜发布。请收集更多答卷，或合并组别。`;
  return `${few} of ${all} items rest on fewer than ${minimum} answers and are not fit to publish. Gather more answers, or join groups.`;
}

interface Importance {
  /** of some rows, of an item */
  of(rows: Int32Array, item: number): Estimate;
  readonly test: DifferenceTest;
  readonly warnings: readonly Warning[];
}

function differencesOf(survey: Survey, names: readonly string[], importance: Importance, performance: readonly Float64Array[]): Table {
  const series = names.flatMap((key, j): Series[] => [
    { key, label: labelOf(DRIVER_FIGURES, survey.labels, 'importance'), estimate: (rows) => importance.of(rows, j), test: importance.test },
    { key, label: labelOf(DRIVER_FIGURES, survey.labels, 'performance'), estimate: (rows) => meanEstimate(survey, performance[j]!, rows) },
  ]);
  return surveyResult(survey, series, { measure: 'importance-performance', label: '', seriesName: 'item', test: welchTest }).differences;
}

interface Cuts {
  readonly importance: number;
  readonly performance: number;
}

interface Placed {
  readonly item: string;
  readonly cell: SurveyCell;
  readonly importance: Estimate;
  readonly performance: Estimate;
  readonly cuts: Cuts;
  readonly quadrant: string | null;
  readonly sure: boolean;
}

function checkCut(where: string, cut: unknown, scaled: boolean, derived: boolean): void {
  if (typeof cut === 'object' && cut !== null) {
    const { importance, performance } = cut as Partial<Cuts>;
    if (Number.isFinite(importance) && Number.isFinite(performance)) return;
    throw optionInvalid(where, 'cut', cut, 'Give two numbers: { importance: 0.5, performance: 7 }.');
  }
  checkWord(where, 'cut', cut, ['mean', 'median', 'scale']);
  if (cut === 'scale' && !scaled) throw optionInvalid(where, 'cut', cut, 'Give the scale too: { scale: [1, 10] }.');
  if (cut === 'scale' && derived) throw optionInvalid(where, 'cut', cut, "Derived importance has no scale; use 'mean', 'median' or numbers.");
}

const DERIVED = { correlation: 'correlation', regression: 'coefficient', 'relative-weights': 'relativeWeight' } as const;

function derivedImportance(survey: Survey, items: readonly string[], performance: readonly Float64Array[], overall: unknown, how: keyof typeof DERIVED, samples: unknown, seed: unknown): Importance {
  const columns = [...performance, overallOf(survey, overall, items)];
  const draws = how === 'relative-weights' ? checkWhole(survey.where, 'samples', samples ?? 500, 0, 100_000) : 0;
  const driversAt = driversBy(survey, columns, draws, checkWhole(survey.where, 'seed', seed ?? 1, 0, 0xffffffff));
  const found = survey.cells.map((cell) => driversAt(cell.rows, cell));
  return { of: (rows, item) => driverEstimate(driversAt(rows), item, DERIVED[how]), test: DRIVER_TESTS[DERIVED[how]], warnings: driverWarnings(survey, found) };
}

function statedImportance(survey: Survey, items: readonly string[], columns: Readonly<Record<string, string>>, scale: Scale): Importance {
  const scores = items.map((item) => {
    if (!Object.hasOwn(columns, item)) throw optionInvalid(survey.where, 'importance', item, 'Name the column of importance of every item.');
    return scoresOf(survey, columns[item], 'importance', scale);
  });
  return { of: (rows, item) => meanEstimate(survey, scores[item]!, rows), test: welchTest, warnings: [] };
}

/** Where low ends and high begins in one group and wave. */
function cutsOf(rows: readonly Pick<Placed, 'importance' | 'performance'>[], cut: NonNullable<ImportancePerformanceOptions['cut']>, scale: Scale): Cuts {
  if (typeof cut === 'object') return cut;
  if (cut === 'scale') return { importance: (scale[0] + scale[1]) / 2, performance: (scale[0] + scale[1]) / 2 };
  const over = (which: 'importance' | 'performance'): number => {
    const values = Float64Array.from(rows, (row) => row[which].value).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return NaN;
    return cut === 'median' ? median(values) : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return { importance: over('importance'), performance: over('performance') };
}

function quadrantOf(importance: Estimate, performance: Estimate, cuts: Cuts): Pick<Placed, 'quadrant' | 'sure'> {
  if ([importance.value, performance.value].some(Number.isNaN)) return { quadrant: null, sure: false };
  const matters = importance.value >= cuts.importance, done = performance.value >= cuts.performance;
  const apart = ({ low, high }: Estimate, at: number): boolean => low > at || high < at;
  return { quadrant: matters ? (done ? 'keep_up' : 'concentrate_here') : done ? 'possible_overkill' : 'low_priority', sure: apart(importance, cuts.importance) && apart(performance, cuts.performance) };
}

function enough({ minimum }: Survey, { importance, performance }: Placed): boolean {
  return Math.min(importance.effectiveN, performance.effectiveN) >= minimum;
}

function fit(survey: Survey, { importance, performance }: Placed): boolean {
  return published(survey, importance) && published(survey, performance);
}

function ipaTable(survey: Survey, found: readonly Placed[]): Table {
  const of = (which: 'importance' | 'performance'): (readonly [string, ReturnType<typeof numbersColumn>])[] => [
    [which, numbersColumn(found.map((one) => one[which].value))], [`${which}Error`, numbersColumn(found.map((one) => one[which].standardError))],
    [`${which}Low`, numbersColumn(found.map((one) => one[which].low))], [`${which}High`, numbersColumn(found.map((one) => one[which].high))],
  ];
  return new Table([
    ['item', categoryColumn(found.map(({ item }) => item))], ...cellColumns(survey, found.map(({ cell }) => cell)),
    ['n', countsColumn(found.map(({ importance, performance }) => Math.min(importance.n, performance.n)))], ...of('importance'), ...of('performance'),
    ['quadrant', categoryColumn(found.map(({ quadrant }) => quadrant))], ['quadrantLabel', categoryColumn(found.map(({ quadrant }) => (quadrant === null ? null : labelOf(QUADRANTS, survey.labels, quadrant))))],
    ['sure', flagsColumn(found.map((one) => one.sure && fit(survey, one)))], ['publish', flagsColumn(found.map((one) => fit(survey, one)))],
  ]);
}
