import { cleanDiagnostics, diagnosticsLines, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { categoryColumn, escapeHtml, freeName, showableResult, Table, type Column, type Showable } from '../columns/index.js';
import { adjustPValues } from '../math/index.js';
import type { Estimate, Estimator } from './estimate.js';
import type { Survey, SurveyCell } from './survey.js';
import type { Difference, DifferenceTest } from './test-difference.js';
import { ALL_ANSWERS } from './words.js';

/** A figure of a survey by group and wave; shows itself. */
export interface SurveyResult extends Showable {
  /** what was measured: `'nps'`, `'csat'` … */
  readonly measure: string;
  /** its name for people */
  readonly label: string;
  /**
   * one row per group and wave: these where asked for, then `asked` (rows), `n` (answers), with weights `effectiveN`, `value`,
   * `standardError`, `low`, `high`, `publish` (enough answers), and what the measure adds
   */
  readonly table: Table;
  /**
   * one row per tested difference: `from`, `to`, `difference` (to minus from), `standardError`, `low`, `high`, `statistic`,
   * `p`, `pAdjusted`, `different` (adjusted p below 1 - level), `publish` (both figures may be); empty where nothing is compared
   */
  readonly differences: Table;
  readonly level: number;
  readonly minimum: number;
  readonly diagnostics: Diagnostics;
}

/** One figure asked for in every group and wave. */
export interface Series {
  /** absent where there is only one */
  readonly key?: string;
  readonly label?: string;
  readonly estimate: Estimator;
  /** where it is tested otherwise than the measure's other series */
  readonly test?: DifferenceTest;
}

/** What a measure says of itself. */
export interface Measure {
  readonly measure: string;
  readonly label: string;
  /** column that tells several series apart: `dimension`, `item` */
  readonly seriesName?: string;
  readonly test: DifferenceTest;
  /** further columns of the table, made of all figures */
  more?(figures: readonly Estimate[]): readonly (readonly [string, Column])[];
  /** more of the result, shown between table and differences */
  readonly shown?: Readonly<Record<string, Table>>;
}

interface Figure {
  readonly series: Series;
  readonly cell: SurveyCell;
  readonly estimate: Estimate;
}

/** Every series in every group and wave, tested, put into tables. */
export function surveyResult(survey: Survey, series: readonly Series[], measure: Measure): SurveyResult {
  const figures: Figure[] = series.flatMap((one) => survey.cells.map((cell) => ({ series: one, cell, estimate: one.estimate(cell.rows) })));
  const table = new Table([...figureColumns(survey, figures, measure.seriesName), ...(measure.more?.(figures.map((figure) => figure.estimate)) ?? [])]);
  const differences = differencesOf(survey, figures, measure);
  const diagnostics = diagnosticsOf(survey, figures);
  const result = { measure: measure.measure, label: measure.label, table, differences, level: survey.level, minimum: survey.minimum, diagnostics };
  return showSurvey(result, [table, ...Object.values(measure.shown ?? {}), ...(differences.numRows > 0 ? [differences] : [])]);
}

/** Let a result show its name, its tables and its remarks. */
export function showSurvey<T extends { readonly label: string; readonly diagnostics: Diagnostics }>(result: T, tables: readonly Table[]): T & Showable {
  const remarks = diagnosticsLines(result.diagnostics);
  return showableResult(result, {
    text: () => [result.label, ...tables.flatMap((table) => ['', table.toString({ rows: 40 })]), ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n'),
    html: () => `<p>${escapeHtml(result.label)}</p>${tables.map((table) => table.toHTML({ rows: 40 })).join('')}${remarks.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`,
  });
}

/** Columns `group` and `wave`, where asked for, of cells. */
export function cellColumns({ by, wave }: Survey, cells: readonly SurveyCell[]): (readonly [string, Column])[] {
  return [
    ...(by === undefined ? [] : [['group', categoryColumn(cells.map((cell) => cell.group))] as const]),
    ...(wave === undefined ? [] : [['wave', categoryColumn(cells.map((cell) => cell.wave))] as const]),
  ];
}

/** A column of numbers. */
export function numbersColumn(values: readonly number[]): Column {
  return { type: 'number', data: Float64Array.from(values) };
}

/** A column of counts. */
export function countsColumn(values: readonly number[]): Column {
  return { type: 'integer', data: Int32Array.from(values) };
}

/** A column of yes and no. */
export function flagsColumn(values: readonly boolean[]): Column {
  return { type: 'flag', data: Uint8Array.from(values, Number) };
}

/** Whether a figure is there and rests on enough answers. */
export function published({ minimum }: Survey, { value, effectiveN }: Estimate): boolean {
  return effectiveN >= minimum && !Number.isNaN(value);
}

/** The columns of an estimate: answers, value, error, limits, whether to publish. */
export function estimateColumns(survey: Survey, estimates: readonly Estimate[], asked: readonly number[]): (readonly [string, Column])[] {
  const of = (name: 'effectiveN' | 'value' | 'standardError' | 'low' | 'high'): readonly [string, Column] => [name, numbersColumn(estimates.map((estimate) => estimate[name]))];
  return [
    ['asked', countsColumn(asked)], ['n', countsColumn(estimates.map(({ n }) => n))],
    ...(survey.weights === undefined ? [] : [of('effectiveN')]),
    of('value'), of('standardError'), of('low'), of('high'),
    ['publish', flagsColumn(estimates.map((estimate) => published(survey, estimate)))],
  ];
}

function figureColumns(survey: Survey, figures: readonly Figure[], seriesName: string | undefined): (readonly [string, Column])[] {
  const extra = Object.keys(figures[0]!.estimate.more ?? figures.find((figure) => figure.estimate.more !== undefined)?.estimate.more ?? {});
  return [
    ...seriesColumns(seriesName, figures.map((figure) => figure.series)),
    ...cellColumns(survey, figures.map((figure) => figure.cell)),
    ...estimateColumns(survey, figures.map((figure) => figure.estimate), figures.map((figure) => figure.cell.rows.length)),
    ...extra.map((name): readonly [string, Column] => [name, numbersColumn(figures.map((figure) => figure.estimate.more?.[name] ?? NaN))]),
  ];
}

function seriesColumns(name: string | undefined, series: readonly Series[]): (readonly [string, Column])[] {
  if (name === undefined) return [];
  return [[name, categoryColumn(series.map(({ key }) => key))], ...(series.some(({ label }) => label !== undefined) ? [['label', categoryColumn(series.map(({ label }) => label))] as const] : [])];
}

interface Pair {
  readonly series: Series;
  readonly from: string;
  readonly to: string;
  /** the group or wave both share */
  readonly within: SurveyCell;
  readonly first: Estimate;
  readonly second: Estimate;
}

function differencesOf(survey: Survey, figures: readonly Figure[], { seriesName, test }: Measure): Table {
  const pairs = pairsOf(survey, figures);
  const tests: Difference[] = pairs.map(({ series, first, second }) => (series.test ?? test)(first, second, survey.level));
  const adjusted = adjustPValues(tests.map(({ p }) => p), survey.correction);
  const shared = survey.compare === 'previous' ? { ...survey, wave: undefined } : { ...survey, by: undefined };
  const of = (name: keyof Difference): readonly [string, Column] => [name, numbersColumn(tests.map((one) => one[name]))];
  return new Table([
    ...seriesColumns(seriesName, pairs.map((pair) => pair.series)),
    ...cellColumns(shared, pairs.map((pair) => pair.within)),
    ['from', categoryColumn(pairs.map((pair) => pair.from))], ['to', categoryColumn(pairs.map((pair) => pair.to))],
    of('difference'), of('standardError'), of('low'), of('high'), of('statistic'), of('p'),
    ['pAdjusted', { type: 'number', data: adjusted }],
    ['different', flagsColumn([...adjusted].map((p) => p < 1 - survey.level))],
    ['publish', flagsColumn(pairs.map(({ first, second }) => published(survey, first) && published(survey, second)))],
  ]);
}

/** What the others of a group's wave are called, unless a group is called so. */
const REST = '(rest)';

function pairsOf({ compare, own: ownGroup, groups, waves, cells }: Survey, figures: readonly Figure[]): Pair[] {
  const pairs: Pair[] = [];
  const width = waves.length, rest = freeName(REST, groups);
  // The same rows for every series, so that what is found of them can be kept.
  const others = compare === 'rest' && groups.length > 1 ? cells.map((_, at) => restRows(cells, Math.floor(at / width), at % width, width)) : [];
  for (let at = 0; at < figures.length; at += cells.length) {
    const figure = (g: number, w: number): Figure => figures[at + g * width + w]!;
    const { series } = figures[at]!;
    if (compare === 'previous') {
      for (let g = 0; g < groups.length; g++) for (let w = 1; w < width; w++) {
        pairs.push({ series, from: waves[w - 1]!, to: waves[w]!, within: cells[g * width + w]!, first: figure(g, w - 1).estimate, second: figure(g, w).estimate });
      }
    } else if (compare !== 'none') for (let w = 0; w < width; w++) for (let g = 0; g < groups.length; g++) {
      const within = cells[g * width + w]!, own = figure(g, w).estimate;
      if (compare === 'rest') {
        if (groups.length > 1) pairs.push({ series, from: rest, to: groups[g]!, within, first: series.estimate(others[g * width + w]!), second: own });
      } else if (ownGroup !== undefined) {
        if (groups[g] !== ownGroup) pairs.push({ series, from: groups[g]!, to: ownGroup, within, first: own, second: figure(groups.indexOf(ownGroup), w).estimate });
      } else for (let h = g + 1; h < groups.length; h++) pairs.push({ series, from: groups[g]!, to: groups[h]!, within, first: own, second: figure(h, w).estimate });
    }
  }
  return pairs;
}

/** The rows of one wave of all groups but one. */
function restRows(cells: readonly SurveyCell[], group: number, wave: number, width: number): Int32Array {
  const others = cells.filter((_, i) => i % width === wave && Math.floor(i / width) !== group);
  const rows = new Int32Array(others.reduce((total, cell) => total + cell.rows.length, 0));
  let at = 0;
  for (const cell of others) {
    rows.set(cell.rows, at);
    at += cell.rows.length;
  }
  return rows;
}

function diagnosticsOf(survey: Survey, figures: readonly Figure[]): Diagnostics {
  const few = figures.filter(({ estimate }) => !(estimate.effectiveN >= survey.minimum));
  const warnings: Warning[] = [...survey.warnings];
  if (few.length > 0) {
    const least = few.reduce((a, b) => (b.estimate.effectiveN < a.estimate.effectiveN ? b : a));
    const fewest = Number(least.estimate.effectiveN.toFixed(1));
    warnings.push({ code: 'TOO_FEW', message: survey.labels === 'zh'
      ? `${figures.length} 个结果中有 ${few.length} 个所依据的答卷少于 ${survey.minimum} 份（最少：${nameOf(survey, least)}，${fewest} 份），不宜发布。请收集更多答卷，或合并组别。`
      : `${few.length} of ${figures.length} figures rest on fewer than ${survey.minimum} answers (the fewest: ${nameOf(survey, least)}, ${fewest}) and are not fit to publish. Gather more answers, or join groups.` });
  }
  return surveyDiagnostics(survey, warnings);
}

/** What became of the rows of a survey. */
export function surveyDiagnostics({ source, weightless }: Survey, warnings: readonly Warning[]): Diagnostics {
  const rows = source.numRows;
  const clean = cleanDiagnostics(rows);
  return withWarnings(weightless === 0 ? clean : { ...clean, rows: { read: rows, used: rows - weightless, refused: 0, leftOut: { 'zero-weight': weightless } } }, warnings);
}

function nameOf({ labels }: Survey, { series, cell }: Figure): string {
  return [series.key, cell.group, cell.wave].filter((part) => part !== undefined).join(labels === 'zh' ? '，' : ', ') || ALL_ANSWERS[labels];
}
