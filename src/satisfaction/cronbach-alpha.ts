import { checkWhole } from '../core/index.js';
import { categoryColumn, Table, type TableInput } from '../columns/index.js';
import { completeRows, covariances, type Covariances } from './correlations.js';
import { bootstrapped, type Estimate } from './estimate.js';
import { countsColumn, numbersColumn, showSurvey, surveyResult, type SurveyResult } from './figures.js';
import { checkColumns, readSurvey, scoresOf, UNBOUNDED, type SurveyOptions } from './survey.js';
import { zTest } from './test-difference.js';
import { MEASURES } from './words.js';

/** Which items are to measure one thing. */
export interface CronbachAlphaOptions extends SurveyOptions {
  /** two or more columns that point the same way */
  readonly items: readonly string[];
  /** draws of the bootstrap, 100 to 100,000; 1000 by default */
  readonly samples?: number;
  /** 1 by default */
  readonly seed?: number;
}

/** Alpha by group and wave in `table`, its items in `items`. */
export interface CronbachAlphaResult extends SurveyResult {
  /** over all rows: `item`, `n`, `mean`, `sd`, `restCorrelation` (with the sum of the others), `alphaWithout` */
  readonly items: Table;
}

/**
 * Cronbach's alpha (克朗巴赫 α 系数): how well several items agree, 1 where they always do.
 *
 * Only respondents who answered every item count. An item that points the other way must be turned first; a warning says so.
 * Alpha grows with the number of items, and high values may only mean that the same was asked twice.
 *
 * @param answers a row per respondent; not modified
 * @param options see {@link CronbachAlphaOptions}; `minimum` is 30
 * @returns alpha with bootstrap limits; NaN where nothing varies. Differences by z on the bootstrap's errors.
 * @throws ClienteleError `OPTION_INVALID` for fewer than two items; `COLUMN_MISSING`; `VALUE_INVALID` for an infinite answer
 * @example
 * cronbachAlpha(answers, { items: ['q1', 'q2', 'q3'] });
 *
 * Source: Cronbach (1951), Psychometrika 16. O(samples × answers × items²).
 */
export function cronbachAlpha(answers: TableInput, options: CronbachAlphaOptions): CronbachAlphaResult {
  const where = 'cronbachAlpha';
  const survey = readSurvey(where, answers, options, ['items', 'samples', 'seed'], 30);
  const names = checkColumns(where, 'items', options.items, 2);
  const columns = names.map((name) => scoresOf(survey, name, 'items', UNBOUNDED));
  const draws = { samples: checkWhole(where, 'samples', options.samples ?? 1000, 100, 100_000), seed: checkWhole(where, 'seed', options.seed ?? 1, 0, 0xffffffff) };
  const plain = (rows: Int32Array): Estimate => {
    const used = completeRows(columns, rows);
    const value = used.length < 2 ? NaN : alphaOf(covariances(columns, used, survey.weights));
    return { n: used.length, effectiveN: kish(survey.weights, used), value, standardError: NaN, low: NaN, high: NaN };
  };
  const result = surveyResult(survey, [{ estimate: bootstrapped(plain, survey.level, draws) }], { measure: 'cronbach-alpha', label: MEASURES[survey.labels].cronbachAlpha, test: zTest });
  const all = completeRows(columns, Int32Array.from(survey.cells.flatMap((cell) => [...cell.rows])));
  const spread = covariances(columns, all, survey.weights);
  const items = itemTable(names, spread, all.length);
  const turned = names.filter((_, j) => Number(items.cell('restCorrelation', j)) < 0);
  const warnings = turned.length === 0 ? [] : [{ code: 'ITEM_REVERSED', message: survey.labels === 'zh' ? `${turned.join('、')} 与其他项目方向相反。请先反向计分（最高分 + 最低分 - 答案），或剔除。` : `${turned.join(', ')} ${turned.length === 1 ? 'runs' : 'run'} against the other items. Turn such items (highest + lowest - answer) first, or leave them out.` }];
  const diagnostics = { ...result.diagnostics, warnings: [...result.diagnostics.warnings, ...warnings] };
  return showSurvey({ ...result, items, diagnostics }, [result.table, items, ...(result.differences.numRows > 0 ? [result.differences] : [])]);
}

/** Effective number of weighted answers, (Σw)² / Σw² (Kish 1965). */
export function kish(weights: Float64Array | undefined, rows: Int32Array): number {
  if (weights === undefined) return rows.length;
  let sum = 0, squares = 0;
  for (const row of rows) {
    sum += weights[row]!;
    squares += weights[row]! ** 2;
  }
  return rows.length === 0 ? 0 : (sum * sum) / squares;
}

/** Alpha of covariances, without one item where named. */
function alphaOf({ matrix, means }: Covariances, without = -1): number {
  const m = means.length;
  let own = 0, all = 0;
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) {
    if (i === without || j === without) continue;
    if (i === j) own += matrix[i * m + j]!;
    all += matrix[i * m + j]!;
  }
  const k = without < 0 ? m : m - 1;
  return k < 2 || !(all > 0) ? NaN : (k / (k - 1)) * (1 - own / all);
}

function itemTable(names: readonly string[], spread: Covariances, n: number): Table {
  const { matrix, means } = spread;
  const m = names.length;
  const rest = names.map((_, j) => {
    let shared = 0, others = 0;
    for (let i = 0; i < m; i++) for (let k = 0; k < m; k++) if (i !== j) {
      if (k === j) shared += matrix[i * m + k]!;
      else others += matrix[i * m + k]!;
    }
    return shared / Math.sqrt(others * matrix[j * m + j]!);
  });
  return new Table([
    ['item', categoryColumn(names)], ['n', countsColumn(names.map(() => n))], ['mean', numbersColumn([...means])],
    ['sd', numbersColumn(names.map((_, j) => Math.sqrt(matrix[j * m + j]!)))], ['restCorrelation', numbersColumn(rest)],
    ['alphaWithout', numbersColumn(names.map((_, j) => alphaOf(spread, j)))],
  ]);
}
