import { diagnosticsLines, withWarnings, type Warning } from '../core/index.js';
import { escapeHtml, showableResult, Table, validExcept, type CategoryColumn, type Column, type IntegerColumn } from '../columns/index.js';
import { asOfLine } from '../transactions/index.js';
import { assignSegments, usedCodes, type AssignedSegments, type UsedCodes } from './assign-segments.js';
import { codeScores, codeText } from './codes.js';
import { compile, type CompiledModel } from './compile.js';
import { labelsOf, type Labels } from './labels.js';
import { combine } from './learn.js';
import { spread, type Measures } from './measures.js';
import type { RfmModel, RfmResult } from './model.js';
import type { MapFunction, ScoreRfmOptions } from './options.js';
import { scoreWarnings } from './score-warnings.js';
import { segmentTable } from './segment-table.js';
import { weighAll } from './weights.js';
import { whyText } from './why.js';

/** Everything a result is made of. */
export interface ResultParts {
  readonly where: string;
  readonly model: RfmModel;
  readonly measures: Measures;
  /** per dimension, of the rows with a purchase */
  readonly scores: readonly Uint8Array[];
  readonly options: ScoreRfmOptions;
  readonly warnings: readonly Warning[];
  readonly mapFunction?: MapFunction | undefined;
  /** true where limits of a rank method were applied to customers it did not rank */
  readonly approximate: boolean;
}

/** Scores as a table with segments, their summary, and what there is to say. */
export function makeResult(parts: ResultParts): RfmResult {
  const { where, model, measures, scores, options, mapFunction } = parts;
  const compiled = compile(model);
  const labels = labelsOf(where, options.labels, model);
  const used = usedCodes(combine(scores, compiled.bins, scores[0]!.length), compiled.codes);
  const assigned = assignSegments(where, model, compiled, used, measures.values, scores, mapFunction);
  const segment = segmentColumn(assigned, measures);

  const own = new Map<string, Column>();
  model.dimensions.forEach(({ key }, d) => own.set(key, scoreColumn(scores[d]!, measures)));
  own.set('score', { type: 'category', data: spread(used.places, measures, -1), values: Array.from(used.codes, (code) => codeText(codeScores(code, compiled.bins), compiled.bins)) });
  own.set('segment', segment);
  own.set('label', relabelled(segment, labels));
  if (options.sum === true) own.set('sum', sumColumn(scores, measures));
  if (model.weights !== undefined) for (const [name, data] of Object.entries(weighAll(model, scores, measures.values))) own.set(name, spreadNumbers(data, measures));
  if (options.why === true) own.set('why', whyColumn(model, compiled, used, assigned, measures, labels));
  if (parts.approximate) own.set('approximate', approximateColumn(measures));

  const { table, replaced } = resultTable(measures, model, own);
  const warnings = [...measures.warnings, ...parts.warnings, ...scoreWarnings(model, used, segment), ...replaced];
  const diagnostics = withWarnings(measures.diagnostics, warnings);
  return restoreRfm({ table, segments: () => segmentTable(segment, measures, model, labels), model, ...(measures.meta === undefined ? {} : { meta: measures.meta }), diagnostics });
}

/**
 * A result of its parts: it shows itself.
 *
 * The segments are summed up when they are first looked at: who writes the scores to a file has no need of them, and of a
 * million customers they take two fifths of the time.
 */
export function restoreRfm(parts: Pick<RfmResult, 'table' | 'model' | 'meta' | 'diagnostics'> & { readonly segments: () => Table }): RfmResult {
  const remarks = diagnosticsLines(parts.diagnostics);
  const headLine = parts.meta === undefined ? `${parts.table.numRows} customers` : asOfLine(parts.meta, parts.table.numRows);
  const text = (): string => [headLine, ruleLine(parts.model), '', shownSegments(result.segments).toString(), '', ...remarks].join('\n');
  const html = (): string => {
    const list = remarks.length === 0 ? '' : `<ul>${remarks.map((line) => `<li>${escapeHtml(line.trim())}</li>`).join('')}</ul>`;
    return `<p>${escapeHtml(headLine)}<br>${escapeHtml(ruleLine(parts.model))}</p>${shownSegments(result.segments).toHTML()}${list}`;
  };
  let segments: Table | undefined;
  const { table, model, meta, diagnostics } = parts;
  const result = {
    table,
    get segments(): Table {
      return (segments ??= parts.segments());
    },
    model, ...(meta === undefined ? {} : { meta }), diagnostics,
  };
  return showableResult(result, { text, html });
}

function segmentColumn({ keys, places }: AssignedSegments, measures: Measures): CategoryColumn {
  if (measures.rows === undefined) return { type: 'category', data: places, values: keys };
  const values = keys.includes('prospect') ? keys : [...keys, 'prospect'];
  return { type: 'category', data: spread(places, measures, values.indexOf('prospect')), values };
}

function relabelled(segment: CategoryColumn, labels: Labels): CategoryColumn {
  const texts = segment.values.map((key) => labels.label(key));
  const values = [...new Set(texts)];
  if (values.length === texts.length) return { type: 'category', data: segment.data, values };
  const places = texts.map((text) => values.indexOf(text));
  return { type: 'category', data: segment.data.map((s) => (s === -1 ? -1 : places[s]!)), values };
}

function scoreColumn(scores: Uint8Array, measures: Measures): IntegerColumn {
  return integers(new Int32Array(scores), measures);
}

function sumColumn(scores: readonly Uint8Array[], measures: Measures): IntegerColumn {
  return integers(Int32Array.from(scores[0]!, (_, i) => scores.reduce((sum, own) => sum + own[i]!, 0)), measures);
}

function integers(data: Int32Array, measures: Measures): IntegerColumn {
  return { type: 'integer', data: spread(data, measures, 0), ...presentRows(measures) };
}

function approximateColumn(measures: Measures): Column {
  return { type: 'flag', data: new Uint8Array(measures.source.numRows).fill(1), ...presentRows(measures) };
}

/** A mask that leaves out the rows without a purchase. */
function presentRows({ rows, source }: Measures): { valid?: Uint8Array } {
  if (rows === undefined) return {};
  const valid = validExcept(source.numRows, Array.from({ length: source.numRows }, (_, i) => i));
  for (const row of rows) valid[row >> 3]! |= 1 << (row & 7);
  return { valid };
}

function spreadNumbers(data: Float64Array, { rows, source }: Measures): Column {
  if (rows === undefined) return { type: 'number', data };
  const all = new Float64Array(source.numRows).fill(NaN);
  rows.forEach((row, k) => (all[row] = data[k]!));
  return { type: 'number', data: all };
}

/** One text per pair of score code and segment that occurs: many customers share each. */
function whyColumn(model: RfmModel, { bins }: CompiledModel, used: UsedCodes, { keys, places }: AssignedSegments, measures: Measures, labels: Labels): Column {
  const texts: string[] = [];
  const known = new Int32Array(used.codes.length * (keys.length + 1)).fill(-1);
  const data = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const pair = used.places[i]! * (keys.length + 1) + places[i]! + 1;
    if (known[pair] === -1) known[pair] = texts.push(whyText(model, codeScores(used.codes[used.places[i]!]!, bins), keys[places[i]!], labels.language)) - 1;
    data[i] = known[pair]!;
  }
  return { type: 'category', data: spread(data, measures, -1), values: texts };
}

/** Columns that `summarize` makes besides the scored ones; they stay with the customers. */
const SUMMARY_COLUMNS: readonly string[] = ['first', 'last', 'recency', 'tenure', 'span', 'frequency', 'repeats', 'monetary', 'meanRepeatSpend', 'gapMean', 'gapSd'];

function resultTable(measures: Measures, model: RfmModel, own: ReadonlyMap<string, Column>): { table: Table; replaced: Warning[] } {
  const { source, meta } = measures;
  const leading = ['customer', 'recency', 'frequency', 'monetary', ...model.dimensions.map(({ column }) => column)].filter((name, i, names) => source.has(name) && !own.has(name) && names.indexOf(name) === i);
  const behind = source.names.filter((name) => !leading.includes(name) && !(meta !== undefined && SUMMARY_COLUMNS.includes(name)));
  const carried = behind.filter((name) => !own.has(name));
  const replaced = behind.filter((name) => own.has(name));
  const pick = (name: string): [string, Column] => [name, source.column(name)];
  const table = new Table([...leading.map(pick), ...own, ...carried.map(pick)]);
  const message = `the columns ${replaced.join(', ')} of the customers are replaced by the scores of the same name. Rename them to keep both.`;
  return { table, replaced: replaced.length === 0 ? [] : [{ code: 'COLUMN_REPLACED', message }] };
}

/** `'R quantile 1-5, F quantile 1-5, M quantile 1-5; map standard'` */
function ruleLine({ dimensions, map }: RfmModel): string {
  const rules = dimensions.map(({ key, method, bins }) => `${key.toUpperCase()} 1-${bins} by ${method}`);
  return `${rules.join(', ')}${map === undefined ? '' : `; map ${map.name}`}`;
}

function shownSegments(segments: Table): Table {
  return segments.select(segments.names.filter((name) => name !== 'segment' && name !== 'action'));
}
