import { ClienteleError, optionInvalid, valueText, type Warning } from '../core/index.js';
import { categoryColumn, cellOf, isPresent, labelledGroups, Table, type CategoryColumn, type TableInput } from '../columns/index.js';
import { shareEstimate, type Estimate } from './estimate.js';
import { cellColumns, countsColumn, flagsColumn, numbersColumn, showSurvey, surveyDiagnostics, surveyResult, type SurveyResult } from './figures.js';
import { readSurvey, type Survey, type SurveyCell, type SurveyOptions } from './survey.js';
import { shareTest } from './test-difference.js';
import { KANO_CATEGORIES, KANO_COEFFICIENTS, labelOf, MEASURES } from './words.js';

/** Which columns hold what. */
export interface KanoOptions extends SurveyOptions {
  /** column of the feature asked about; `'feature'` by default */
  readonly feature?: string;
  /** column of the answer to "how do you feel if it is there"; `'functional'` by default */
  readonly functional?: string;
  /** column of the answer to "how do you feel if it is not there"; `'dysfunctional'` by default */
  readonly dysfunctional?: string;
  /**
   * the five answers in order, from "I like it" to "I dislike it"; `['like', 'must', 'neutral', 'live', 'dislike']` by default.
   * Answers may also be the numbers 1 to 5 in the same order, as numbers or (where no word is a number) as text.
   */
  readonly words?: readonly [string, string, string, string, string];
}

/** Categories and coefficients of features; shows itself. */
export interface KanoResult extends Omit<SurveyResult, 'table'> {
  /**
   * one row per feature, group and wave: `n`, the counts `A`, `O`, `M`, `I`, `R`, `Q` (weighted where there are weights),
   * `category`, `label`, `clear` (the two most frequent categories differ by more than chance), `better` and `worse` with their
   * errors and Wilson limits, `questionable` (share of Q), `publish`
   */
  readonly table: Table;
}

/** What each pair of answers means: by rows functional, by columns dysfunctional, from like to dislike. */
const MEANING = ['QAAAO', 'RIIIM', 'RIIIM', 'RIIIM', 'RRRRQ'] as const;
/** Also the order in which ties are decided. */
const CATEGORIES = ['M', 'O', 'A', 'I', 'R', 'Q'] as const;
const SHOWN = ['A', 'O', 'M', 'I', 'R', 'Q'] as const;
const WORDS = ['like', 'must', 'neutral', 'live', 'dislike'] as const;

/**
 * Kano categories (Kano 模型): which features people take for granted (必备), judge by their amount (期望), are delighted by
 * (魅力), or do not care about (无差异).
 *
 * A feature's category is its most frequent one, ties in the order M, O, A, I. `better` = (A + O) / (A + O + M + I) says how
 * much having it satisfies, `worse` = -(O + M) / (A + O + M + I) how much lacking it hurts.
 *
 * @param answers a row per respondent and feature; empty answers are left out. Not modified.
 * @param options see {@link KanoOptions}; `minimum` is 20
 * @returns see {@link KanoResult}; `differences` tests the shares behind better and worse. More than 2 % questionable answers
 *   give a warning: the question is badly worded.
 * @throws ClienteleError `VALUE_INVALID` naming the row of an unknown answer; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * kano({ feature: ['wifi', 'wifi'], functional: ['like', 'must'], dysfunctional: ['dislike', 'dislike'] }, { minimum: 1 });
 *
 * Source: Kano, Seraku, Takahashi & Tsuji (1984); coefficients after Berger et al. (1993); `clear` after Fong (1996). O(answers × features).
 */
export function kano(answers: TableInput, options: KanoOptions = {}): KanoResult {
  const where = 'kano';
  const survey = readSurvey(where, answers, options, ['feature', 'functional', 'dysfunctional', 'words'], 20);
  const { source, labels } = survey;
  const features = labelledGroups(where, source, options.feature ?? 'feature');
  const words = checkWords(where, options.words);
  const functional = readAnswers(survey, options.functional ?? 'functional', words), dysfunctional = readAnswers(survey, options.dysfunctional ?? 'dysfunctional', words);
  const codes = functional.map((answer, row) => (answer < 0 || dysfunctional[row]! < 0 ? -1 : CATEGORIES.indexOf(MEANING[answer]![dysfunctional[row]!] as 'M')));

  const share = (hit: string): Float64Array => Float64Array.from(codes, (code) => (code < 0 || code > 3 ? NaN : hit.includes(CATEGORIES[code]!) ? 1 : 0));
  const better = share('AO'), worse = share('OM');
  const of = (feature: number, hits: Float64Array) => (rows: Int32Array): Estimate => shareEstimate(survey, hits, rows.filter((row) => features.codes[row] === feature), 'wilson');
  const found = features.labels.flatMap((feature, f) => survey.cells.map((cell) => ({
    feature, cell, better: of(f, better)(cell.rows), worse: of(f, worse)(cell.rows), ...countCategories(survey, codes, cell.rows.filter((row) => features.codes[row] === f)),
  })));
  const table = kanoTable(survey, found);
  const tested = surveyResult(survey, features.labels.flatMap((key, f) => [{ key, label: labelOf(KANO_COEFFICIENTS, labels, 'better'), estimate: of(f, better) }, { key, label: labelOf(KANO_COEFFICIENTS, labels, 'worse'), estimate: of(f, worse) }]), { measure: 'kano', label: '', seriesName: 'feature', test: shareTest });
  const result = {
    measure: 'kano', label: MEASURES[labels].kano, table, differences: tested.differences, level: survey.level, minimum: survey.minimum,
    diagnostics: surveyDiagnostics(survey, kanoWarnings(survey, found)),
  };
  return showSurvey(result, [table, ...(result.differences.numRows > 0 ? [result.differences] : [])]);
}

interface Found {
  readonly feature: string;
  readonly cell: SurveyCell;
  readonly n: number;
  readonly effectiveN: number;
  /** in the order M, O, A, I, R, Q */
  readonly counts: Float64Array;
  readonly better: Estimate;
  readonly worse: Estimate;
}

function countCategories({ weights }: Survey, codes: Int32Array, rows: Int32Array): Pick<Found, 'n' | 'effectiveN' | 'counts'> {
  const counts = new Float64Array(CATEGORIES.length);
  let n = 0, sum = 0, squares = 0;
  for (const row of rows) {
    if (codes[row]! < 0) continue;
    const weight = weights === undefined ? 1 : weights[row]!;
    n++;
    sum += weight;
    squares += weight * weight;
    counts[codes[row]!]! += weight;
  }
  return { n, effectiveN: n === 0 ? 0 : (sum * sum) / squares, counts };
}

function kanoTable(survey: Survey, found: readonly Found[]): Table {
  const categories = found.map(({ n, counts }) => (n === 0 ? null : CATEGORIES[counts.indexOf(Math.max(...counts))]!));
  const of = (which: 'better' | 'worse', sign: 1 | -1): readonly (readonly [string, ReturnType<typeof numbersColumn>])[] => [
    [which, numbersColumn(found.map((one) => (sign === 1 ? one[which].value : 0 - one[which].value)))], [`${which}Error`, numbersColumn(found.map((one) => one[which].standardError))],
    [`${which}Low`, numbersColumn(found.map((one) => (sign === 1 ? one[which].low : 0 - one[which].high)))], [`${which}High`, numbersColumn(found.map((one) => (sign === 1 ? one[which].high : 0 - one[which].low)))],
  ];
  return new Table([
    ['feature', categoryColumn(found.map(({ feature }) => feature))], ...cellColumns(survey, found.map(({ cell }) => cell)),
    ['n', countsColumn(found.map(({ n }) => n))],
    ...SHOWN.map((key) => [key, numbersColumn(found.map(({ counts }) => counts[CATEGORIES.indexOf(key)]!))] as const),
    ['category', categoryColumn(categories)], ['label', categoryColumn(categories.map((category) => (category === null ? null : labelOf(KANO_CATEGORIES, survey.labels, category))))],
    ['clear', flagsColumn(found.map(isClear))], ...of('better', 1), ...of('worse', -1),
    ['questionable', numbersColumn(found.map(questionable))], ['publish', flagsColumn(found.map(({ effectiveN }) => effectiveN >= survey.minimum))],
  ]);
}

function questionable({ counts }: Found): number {
  const sum = counts.reduce((a, b) => a + b, 0);
  return sum === 0 ? NaN : counts[CATEGORIES.indexOf('Q')]! / sum;
}

/** Fong's test of the two most frequent categories, at 90 %. */
function isClear({ counts, effectiveN }: Found): boolean {
  const sum = counts.reduce((a, b) => a + b, 0);
  const [first, second] = [...counts].sort((a, b) => b - a).map((count) => (count / sum) * effectiveN);
  return first! - second! > 1.65 * Math.sqrt(((first! + second!) * (2 * effectiveN - first! - second!)) / (2 * effectiveN));
}

function kanoWarnings(survey: Survey, found: readonly Found[]): Warning[] {
  const few = found.filter(({ effectiveN }) => effectiveN < survey.minimum).length;
  const odd = found.filter((one) => questionable(one) > 0.02).map(({ feature }) => feature);
  const names = [...new Set(odd)].join(survey.labels === 'zh' ? '、' : ', ');
  const said = survey.labels === 'zh'
    ? { few: `${found.length} 个项目中有 ${few} 个的答卷少于 ${survey.minimum} 份，不宜发布。请收集更多答卷，或合并组别。`, odd: `关于 ${names} 的答案有超过 2 % 自相矛盾。请把问题写得更明白。` }
    : { few: `${few} of ${found.length} features rest on fewer than ${survey.minimum} answers and are not fit to publish. Gather more answers, or join groups.`, odd: `more than 2 % of the answers about ${names} contradict themselves. Word these questions more plainly.` };
  return [...(few === 0 ? [] : [{ code: 'TOO_FEW', message: said.few }]), ...(odd.length === 0 ? [] : [{ code: 'QUESTIONABLE_ANSWERS', message: said.odd }])];
}

function checkWords(where: string, words: unknown = WORDS): readonly string[] {
  if (Array.isArray(words) && words.length === 5 && words.every((word) => typeof word === 'string') && new Set(words).size === 5) return words as string[];
  throw optionInvalid(where, 'words', words, "Give the five answers in order: ['like', 'must', 'neutral', 'live', 'dislike'].");
}

/** Each answer's place among the five, -1 where there is none. */
function readAnswers({ where, source, missing }: Survey, name: string, words: readonly string[]): Int32Array {
  const column = source.column(name);
  // Words that are numbers themselves mean what they say.
  const numbered = !words.some((word) => /^\d+$/.test(word));
  const placeOf = (cell: string | number | boolean): number => {
    const text = String(cell), word = typeof cell === 'number' ? -1 : words.indexOf(text);
    if (word >= 0) return word;
    if (text.trim() !== '' && missing.includes(Number(text))) return -1;
    const place = typeof cell === 'number' || numbered ? ['1', '2', '3', '4', '5'].indexOf(text) : -1;
    return place >= 0 ? place : UNKNOWN;
  };
  const places = column.type === 'category' ? column.values.map(placeOf) : undefined;
  return Int32Array.from({ length: source.numRows }, (_, row) => {
    if (!isPresent(column, row)) return -1;
    const cell = cellOf(column, row)!;
    const place = places === undefined ? placeOf(cell) : places[(column as CategoryColumn).data[row]!]!;
    if (place !== UNKNOWN) return place;
    throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: valueText(cell) }, `column ${valueText(name)}, row ${row}: ${valueText(cell)} is none of the five answers.`, `Answers are ${words.join(', ')}, or the numbers 1 to 5; name your own by words: [...].`);
  });
}

const UNKNOWN = -2;
