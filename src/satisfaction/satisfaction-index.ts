import { checkWhole, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { categoryColumn, freeName, type TableInput } from '../columns/index.js';
import { bootstrapped, ratioEstimate, type Estimate, type Estimator } from './estimate.js';
import { flagsColumn, published, surveyResult, type Series, type SurveyResult } from './figures.js';
import { checkColumns, readSurvey, scoresOf, UNBOUNDED, checkScale, type Survey, type SurveyOptions } from './survey.js';
import { welchTest } from './test-difference.js';
import { labelOf, MEASURES, STATES } from './words.js';

/** How the satisfaction index is measured. */
export interface SatisfactionIndexOptions extends SurveyOptions {
  /** column of what was perceived, or one per item; 0 or more */
  readonly perceived: string | readonly string[];
  /** column of what was expected, or one per item in the same order; above 0 */
  readonly expected: string | readonly string[];
  /**
   * `'ratio-of-means'` (default): all that was perceived over all that was expected; `'mean-of-ratios'`: each answer's own
   * ratio, averaged, in which small expectations weigh heavily. The two differ.
   */
  readonly kind?: 'ratio-of-means' | 'mean-of-ratios';
  /** lowest and highest answer of both, to refuse others; any number by default */
  readonly scale?: readonly [number, number];
  /**
   * `'fieller'` (default) for a ratio of means; `'t'` (default for a mean of ratios) by linearization; `'bootstrap'`
   */
  readonly interval?: 'fieller' | 't' | 'bootstrap';
  /** draws of the bootstrap, 100 to 100,000; 1000 by default */
  readonly samples?: number;
  /** of the bootstrap, 1 by default */
  readonly seed?: number;
}

const OPTIONS = ['perceived', 'expected', 'kind', 'scale', 'interval', 'samples', 'seed'] as const;

/**
 * Satisfaction index C = b / a (满意度指数): what was perceived over what was expected. Below 1 people are disappointed, at 1
 * satisfied, above 1 delighted.
 *
 * @param answers a row per respondent; an item counts where both answers are there. Not modified.
 * @param options see {@link SatisfactionIndexOptions}; `minimum` is 30
 * @returns one figure per item and group and wave, and `all` items together where there are several (`(all)` where an item is called so). The table adds `state`
 *   (disappointed, satisfied, delighted, by the value), `stateLabel`, and `sure` (fit to publish, and the limits leave 1 out). Fieller's limits are
 *   missing where the mean expectation could be 0. Differences by Welch's t.
 * @throws ClienteleError `VALUE_INVALID` naming the row of an expectation that is not above 0, of a perception below 0, or of an
 *   answer off the scale; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * satisfactionIndex({ got: [4, 5], hoped: [5, 5] }, { perceived: 'got', expected: 'hoped', minimum: 1 }).table.row(0).value;   // 0.9
 *
 * Source: disconfirmation of expectations, Oliver (1980); limits by Fieller (1954). O(answers × items).
 */
export function satisfactionIndex(answers: TableInput, options: SatisfactionIndexOptions): SurveyResult {
  const where = 'satisfactionIndex';
  const survey = readSurvey(where, answers, options, OPTIONS, 30);
  const pairs = readPairs(survey, options);
  const ratios = checkWord(where, 'kind', options.kind ?? 'ratio-of-means', ['ratio-of-means', 'mean-of-ratios']) === 'mean-of-ratios';
  const interval = checkWord(where, 'interval', options.interval ?? (ratios ? 't' : 'fieller'), ['fieller', 't', 'bootstrap']);
  const draws = { samples: checkWhole(where, 'samples', options.samples ?? 1000, 100, 100_000), seed: checkWhole(where, 'seed', options.seed ?? 1, 0, 0xffffffff) };
  const estimator = (top: Float64Array, bottom: Float64Array): Estimator => {
    const plain = (rows: Int32Array): Estimate => ratioEstimate(survey, top, bottom, rows, interval === 'fieller' ? 'fieller' : 't');
    return interval === 'bootstrap' ? bootstrapped(plain, survey.level, draws) : plain;
  };
  const items = pairs.map(({ key, perceived, expected }): Series => ({ key, estimate: estimator(...(ratios ? ratioSums : sums)([{ key, perceived, expected }])) }));
  const all: Series[] = pairs.length === 1 ? [] : [{ key: freeName('all', pairs.map(({ key }) => key)), estimate: estimator(...(ratios ? ratioSums : sums)(pairs)) }];
  return surveyResult(survey, [...items, ...all], {
    measure: 'satisfaction-index', label: MEASURES[survey.labels].index, ...(pairs.length === 1 ? {} : { seriesName: 'item' }), test: welchTest,
    more: (figures) => {
      const states = figures.map(({ value }) => (Number.isNaN(value) ? null : value < 1 ? 'disappointed' : value > 1 ? 'delighted' : 'satisfied'));
      return [
        ['state', categoryColumn(states)], ['stateLabel', categoryColumn(states.map((state) => (state === null ? null : labelOf(STATES, survey.labels, state))))],
        ['sure', flagsColumn(figures.map((figure) => published(survey, figure) && (figure.low > 1 || figure.high < 1)))],
      ];
    },
  });
}

interface Pair {
  readonly key: string;
  readonly perceived: Float64Array;
  readonly expected: Float64Array;
}

function readPairs(survey: Survey, options: SatisfactionIndexOptions): Pair[] {
  const { where } = survey;
  const names = (option: 'perceived' | 'expected'): readonly string[] => (typeof options[option] === 'string' ? [options[option]] : checkColumns(where, option, options[option]));
  const [perceived, expected] = [names('perceived'), names('expected')];
  if (perceived.length !== expected.length) throw optionInvalid(where, 'expected', expected.length, `Name as many columns as in perceived, ${perceived.length}, in the same order.`);
  const scale = options.scale === undefined ? UNBOUNDED : checkScale(where, options.scale);
  return perceived.map((name, i) => {
    const hoped = scoresOf(survey, expected[i], 'expected', scale);
    const row = hoped.findIndex((value) => value <= 0);
    if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: expected[i]!, row, value: String(hoped[row]) }, `column ${valueText(expected[i])}, row ${row}: an expectation of ${hoped[row]} has no ratio.`, `Answers must be above 0: shift the scale, or say that it means no answer: missing: [${hoped[row]}].`);
    const got = scoresOf(survey, name, 'perceived', scale);
    const below = got.findIndex((value) => value < 0);
    if (below >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: name, row: below, value: String(got[below]) }, `column ${valueText(name)}, row ${below}: what was perceived is ${got[below]}, below 0.`, `Answers must be 0 or more: shift the scale, or say that it means no answer: missing: [${got[below]}].`);
    return { key: name, perceived: got, expected: hoped };
  });
}

/** Sums of both over the items a respondent answered on both sides; NaN where there is none. */
function sums(pairs: readonly Pair[]): [top: Float64Array, bottom: Float64Array] {
  return addUp(pairs, (perceived) => perceived, (expected) => expected);
}

/** Sum of ratios, and their number. */
function ratioSums(pairs: readonly Pair[]): [top: Float64Array, bottom: Float64Array] {
  return addUp(pairs, (perceived, expected) => perceived / expected, () => 1);
}

function addUp(pairs: readonly Pair[], top: (perceived: number, expected: number) => number, bottom: (expected: number) => number): [Float64Array, Float64Array] {
  const rows = pairs[0]!.perceived.length;
  const tops = new Float64Array(rows), bottoms = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let answered = 0;
    for (const { perceived, expected } of pairs) {
      const b = perceived[row]!, a = expected[row]!;
      if (b !== b || a !== a) continue;
      answered++;
      tops[row]! += top(b, a);
      bottoms[row]! += bottom(a);
    }
    if (answered === 0) tops[row] = bottoms[row] = NaN;
  }
  return [tops, bottoms];
}
