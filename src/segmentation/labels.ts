import { ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, isPresent, isTable, cellOf, type Column } from '../columns/index.js';
import type { ClusterName } from './model.js';
import type { ScaledFeature } from './scaling.js';

/**
 * Labels of rows from anywhere: a result of `kmeans` or its `labels`, ml-kmeans' result as it is (`clusters`), a column
 * of segments, or an array of numbers or text; -1, null and undefined are rows without one.
 */
export type LabelsInput = ArrayLike<number | string | null | undefined> | Column | { readonly labels: ArrayLike<number> } | { readonly clusters: ArrayLike<number> };

/** Labels as codes into their values. */
export interface Labels {
  /** -1 = none */
  readonly codes: Int32Array;
  /** the label of each code as text: numbers ascending, text in order of first appearance */
  readonly values: readonly string[];
}

/**
 * Read labels of any kind.
 *
 * @param rows how many there must be, where that is known
 * @throws ClienteleError `VALUE_INVALID` for what are no labels; `COLUMN_LENGTH` where their number differs
 */
export function readLabels(where: string, input: LabelsInput, rows?: number): Labels {
  const labels = codesOf(where, input);
  if (rows !== undefined && labels.codes.length !== rows) throw new ClienteleError('COLUMN_LENGTH', { where }, `there are ${labels.codes.length} labels for ${rows} rows.`, 'Give one label per row.');
  return labels;
}

function codesOf(where: string, input: unknown): Labels {
  if (typeof input !== 'object' || input === null) throw noLabels(where, input);
  if (isTable(input)) throw noLabels(where, 'a table');
  if ('type' in input && 'data' in input) return fromColumn(input as Column);
  const list: unknown = 'labels' in input ? input.labels : 'clusters' in input ? input.clusters : input;
  if (typeof list !== 'object' || list === null || !('length' in list)) throw noLabels(where, list);
  const cells = Array.from(list as ArrayLike<unknown>);
  return fromCells(where, cells);
}

function fromColumn(column: Column): Labels {
  if (column.type === 'category') return { codes: column.data, values: column.values };
  const source = asTable('labels', { label: column });
  return fromCells('labels', Array.from({ length: source.numRows }, (_, i) => (isPresent(column, i) ? cellOf(column, i) : null)));
}

function fromCells(where: string, cells: readonly unknown[]): Labels {
  const wrong = cells.findIndex((cell) => cell !== null && cell !== undefined && typeof cell !== 'string' && typeof cell !== 'boolean' && !(typeof cell === 'number' && Number.isInteger(cell)));
  if (wrong !== -1) throw new ClienteleError('VALUE_INVALID', { where, row: wrong, value: valueText(cells[wrong]) }, `the label of row ${wrong} is ${valueText(cells[wrong])}.`, 'Labels are whole numbers or text.');
  const none = (cell: unknown): boolean => cell === null || cell === undefined || cell === -1;
  const different = [...new Set(cells.filter((cell) => !none(cell)))];
  if (different.every((value) => typeof value === 'number')) (different as number[]).sort((a, b) => a - b);
  const code = new Map(different.map((value, c) => [value, c]));
  return { codes: Int32Array.from(cells, (cell) => (none(cell) ? -1 : code.get(cell)!)), values: different.map(String) };
}

function noLabels(where: string, value: unknown): ClienteleError {
  return optionInvalid(where, 'labels', value, "Give a result of kmeans, a column, or one label per row.");
}

/** How many rows have each label. */
export function countLabels({ codes, values }: Labels): Int32Array {
  const counts = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  return counts;
}

/** What clusters were found by, and what they are called. */
export interface KnownClusters {
  readonly features: readonly ScaledFeature[];
  readonly names: readonly ClusterName[];
}

/** What a result of `kmeans`, `gaussianMixture` or `kmedians` knows of its clusters; undefined for labels of any other kind. */
export function knownClusters(labels: unknown): KnownClusters | undefined {
  if (typeof labels !== 'object' || labels === null) return undefined;
  // Results of kmedians hold both themselves, having no model.
  const { features, names } = ('model' in labels ? (labels.model ?? {}) : labels) as Partial<KnownClusters>;
  return Array.isArray(features) && Array.isArray(names) ? { features, names } : undefined;
}
