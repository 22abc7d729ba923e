import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, valueText, type Warning } from '../core/index.js';
import { asTable, labelledGroups, numbersOf, toColumn, Table, type TableInput } from '../columns/index.js';
import { CORRECTIONS, type Correction } from '../math/index.js';

/** What every figure of a survey can be told. */
export interface SurveyOptions {
  /** column whose values part the answers into groups: segment, shop, brand */
  readonly by?: string;
  /** column of the survey wave; waves run in order of their values (numbers by size, text by code point) */
  readonly wave?: string;
  /** column of design weights, 0 or more: how many people an answer stands for. A row of weight 0 is left out and counted. */
  readonly weight?: string;
  /** codes that mean "no answer": `[99, -1]`; empty cells always do */
  readonly missing?: readonly number[];
  /** confidence of the limits, 0.95 by default; a difference is called so at the same level */
  readonly level?: number;
  /** answers below which a figure is not to be published; 30 for means and shares, 100 for the net promoter score */
  readonly minimum?: number;
  /**
   * which differences are tested: `'previous'`, each wave against the one before (default where there is a `wave`);
   * `'pairs'`, every two groups of a wave (default where there is only `by`); `'rest'`, each group against all others of
   * its wave; `'none'`
   */
  readonly compare?: 'previous' | 'pairs' | 'rest' | 'none';
  /** with `'pairs'`: only the differences of this group to each other one */
  readonly own?: string;
  /** correction of the p-values for how many differences are tested; `'holm'` by default */
  readonly correction?: Correction;
  /** language of labels, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Names of the options every figure of a survey takes. */
export const SURVEY_OPTIONS: readonly string[] = ['by', 'wave', 'weight', 'missing', 'level', 'minimum', 'compare', 'own', 'correction', 'labels'];

/** One column of answers may be given as it is. */
export type AnswersInput = TableInput | Float64Array | readonly (number | null)[];

/** The answers of one group in one wave. */
export interface SurveyCell {
  readonly group: string | undefined;
  readonly wave: string | undefined;
  readonly rows: Int32Array;
}

/** A survey whose options are checked and whose rows are parted by group and wave. */
export interface Survey {
  readonly where: string;
  readonly source: Table;
  readonly by: string | undefined;
  readonly wave: string | undefined;
  /** absent: every answer counts 1 */
  readonly weights: Float64Array | undefined;
  readonly missing: readonly number[];
  readonly level: number;
  readonly minimum: number;
  readonly compare: 'previous' | 'pairs' | 'rest' | 'none';
  readonly own: string | undefined;
  readonly correction: Correction;
  readonly labels: 'en' | 'zh';
  /** by group, then wave; all rows in one cell where there is neither */
  readonly cells: readonly SurveyCell[];
  readonly groups: readonly (string | undefined)[];
  readonly waves: readonly (string | undefined)[];
  /** rows of weight 0 */
  readonly weightless: number;
  readonly warnings: Warning[];
}

/**
 * Check the options of a survey and part its rows.
 *
 * @param own names of the options only this figure takes
 * @param minimum answers to publish, where the options do not say
 * @param column what one column of answers, given as it is, is called
 * @throws ClienteleError `OPTION_INVALID`, `COLUMN_MISSING`; `VALUE_INVALID` for no rows, and by row for a bad weight
 */
export function readSurvey(where: string, answers: AnswersInput, options: SurveyOptions, own: readonly string[], minimum: number, column = 'score'): Survey {
  checkKeys(where, options, [...SURVEY_OPTIONS, ...own]);
  const bare = Array.isArray(answers) || ArrayBuffer.isView(answers);
  const source = bare ? new Table([[column, toColumn(where, column, answers as Float64Array)]]) : asTable(where, answers as TableInput);
  if (source.numRows === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no rows.', 'Pass at least one answer.');
  const { by, wave, correction = 'holm', labels = 'en' } = options;
  const compare = checkWord(where, 'compare', options.compare ?? (wave !== undefined ? 'previous' : by !== undefined ? 'pairs' : 'none'), ['previous', 'pairs', 'rest', 'none']);
  if (compare === 'previous' && wave === undefined) throw optionInvalid(where, 'compare', 'previous', "Name the column of waves: { wave: 'quarter' }.");
  if ((compare === 'pairs' || compare === 'rest') && by === undefined) throw optionInvalid(where, 'compare', compare, "Name the column of groups: { by: 'segment' }.");
  const weights = options.weight === undefined ? undefined : readWeights(where, source, options.weight);
  const parts = partRows(where, source, by, wave, weights);
  if (options.own !== undefined && (compare !== 'pairs' || !parts.groups.includes(options.own))) throw optionInvalid(where, 'own', options.own, `Name one of the groups, with compare: 'pairs': ${parts.groups.map((group) => valueText(group)).join(', ')}.`);
  return {
    where, source, by, wave, weights, compare, own: options.own,
    missing: checkCodes(where, options.missing ?? []),
    level: checkLevel(where, options.level ?? 0.95),
    minimum: checkWhole(where, 'minimum', options.minimum ?? minimum, 1),
    correction: checkWord(where, 'correction', correction, CORRECTIONS),
    labels: checkWord(where, 'labels', labels, ['en', 'zh']),
    ...parts,
    weightless: weights === undefined ? 0 : weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0),
    warnings: [],
  };
}

/** Rows by group and wave, in one array ordered by cell. */
function partRows(where: string, source: Table, by: string | undefined, wave: string | undefined, weights: Float64Array | undefined): Pick<Survey, 'cells' | 'groups' | 'waves'> {
  const groups = labelledGroups(where, source, by);
  const waves = labelledGroups(where, source, wave);
  const width = waves.labels.length;
  const starts = new Int32Array(groups.labels.length * width + 1);
  const counted = (row: number): boolean => weights === undefined || weights[row]! > 0;
  for (let row = 0; row < source.numRows; row++) if (counted(row)) starts[groups.codes[row]! * width + waves.codes[row]! + 1]!++;
  for (let cell = 1; cell < starts.length; cell++) starts[cell]! += starts[cell - 1]!;
  const ordered = new Int32Array(starts.at(-1)!);
  const next = starts.slice();
  for (let row = 0; row < source.numRows; row++) if (counted(row)) ordered[next[groups.codes[row]! * width + waves.codes[row]!]!++] = row;
  const named = (labels: readonly string[], column: string | undefined): (string | undefined)[] => (column === undefined ? [undefined] : [...labels]);
  const groupNames = named(groups.labels, by), waveNames = named(waves.labels, wave);
  const cells = groupNames.flatMap((group, g) => waveNames.map((name, w) => ({ group, wave: name, rows: ordered.subarray(starts[g * width + w]!, starts[g * width + w + 1]!) })));
  return { cells, groups: groupNames, waves: waveNames };
}

function readWeights(where: string, source: Table, name: string): Float64Array {
  const weights = numbersOf(where, source, name);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(weights[row]) }, `row ${row}: the weight is ${Number.isNaN(weights[row]) ? 'missing' : weights[row]}.`, 'Give every row a weight of 0 or more; 0 leaves a row out.');
  if (!weights.some((weight) => weight > 0)) throw new ClienteleError('VALUE_INVALID', { where, column: name }, `all weights in column ${valueText(name)} are 0.`, 'Give weights above 0.');
  return weights;
}

/** A list of codes that mean "no answer". */
export function checkCodes(where: string, missing: unknown): readonly number[] {
  if (Array.isArray(missing) && missing.every((code) => typeof code === 'number' && Number.isFinite(code))) return missing as number[];
  throw optionInvalid(where, 'missing', missing, 'Give a list of numbers that mean "no answer": [99, -1].');
}

/** A confidence level from 0.5 to below 1. */
export function checkLevel(where: string, level: unknown): number {
  if (typeof level === 'number' && level >= 0.5 && level < 1) return level;
  throw optionInvalid(where, 'level', level, 'Give the confidence as a share, from 0.5 to below 1, such as 0.95.');
}

/** A finite number option within limits, both included. */
export function checkNumber(where: string, option: string, value: unknown, least: number, most: number = Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value;
  throw optionInvalid(where, option, value, `Give a number ${most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`}.`);
}

/** The lowest and the highest answer there is. */
export type Scale = readonly [lowest: number, highest: number];

/** Any finite number. */
export const UNBOUNDED: Scale = [-Number.MAX_VALUE, Number.MAX_VALUE];

/** A scale of an option. */
export function checkScale(where: string, scale: unknown, option = 'scale'): Scale {
  if (Array.isArray(scale) && scale.length === 2 && scale.every((end) => typeof end === 'number' && Number.isFinite(end)) && (scale[0] as number) < (scale[1] as number)) return [scale[0] as number, scale[1] as number];
  throw optionInvalid(where, option, scale, 'Give the lowest and the highest answer: [1, 5].');
}

/** A list of different column names of an option. */
export function checkColumns(where: string, option: string, names: unknown, least = 1): readonly string[] {
  if (!Array.isArray(names) || names.length < least || names.some((name) => typeof name !== 'string')) throw optionInvalid(where, option, names, `Give a list of ${least === 1 ? '' : `${least} or more `}column names.`);
  if (new Set(names).size < names.length) throw optionInvalid(where, option, names, 'Name every column once.');
  return names as string[];
}

/**
 * A column of answers: NaN where there is none, every other one on its scale.
 *
 * @param whole whether only whole numbers are answers
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the first row off the scale
 */
export function scoresOf(survey: Survey, name: unknown, option: string, [lowest, highest]: Scale, whole = false): Float64Array {
  const { where, source, missing } = survey;
  if (typeof name !== 'string') throw optionInvalid(where, option, name, 'Name the column of answers.');
  const values = numbersOf(where, source, name);
  const scores = missing.length === 0 ? values : values.map((value) => (missing.includes(value) ? NaN : value));
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    if ((score >= lowest && score <= highest && (!whole || Number.isInteger(score))) || Number.isNaN(score)) continue;
    const needed = lowest === UNBOUNDED[0] ? 'a finite number' : `${whole ? 'a whole number ' : ''}from ${lowest} to ${highest}`;
    const codes = Number.isFinite(score) ? `, or say that it means no answer: missing: [${score}]` : '';
    throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(score) }, `column ${valueText(name)}, row ${row}: the answer ${score} is not ${needed}.`, `Mend the row${codes}.`);
  }
  return scores;
}
