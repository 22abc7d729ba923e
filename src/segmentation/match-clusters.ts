import { ClienteleError, optionInvalid } from '../core/index.js';
import { Table, textColumn } from '../columns/index.js';
import { contingency } from './contingency.js';
import { cheapestPairs } from './cheapest-pairs.js';
import type { LabelsInput } from './labels.js';
import { readModel } from './load-kmeans-model.js';
import type { KmeansModel } from './model.js';
import { scaleValue, unscaleValue } from './scaling.js';

/**
 * Which cluster of this run is which of the last.
 *
 * Two labellings of the same customers are matched so that the Jaccard indices of the pairs add up to the most; two models
 * of the same features so that the distances between paired centres, scaled as the first model scales, add up to the least.
 * Each cluster has one partner at most; with different numbers of clusters some have none.
 *
 * @param before, after labels of the same customers in the same order, or two models of kmeans
 * @returns one row per cluster of `before`, then those of `after` without a partner: before, after, and `overlap` (Jaccard,
 *   0 to 1) or `distance`; missing where there is no partner
 * @throws ClienteleError `COLUMN_LENGTH`; `VALUE_INVALID`; `MODEL_INVALID`; `OPTION_INVALID` for models of other features
 * @example
 * matchClusters(january.model, february.model).toRows();   // [{ before: '0', after: '0', distance: 0.04 }, …]
 *
 * Method: Hungarian algorithm. O(n + k³).
 */
export function matchClusters(before: LabelsInput | KmeansModel, after: LabelsInput | KmeansModel): Table {
  const where = 'matchClusters';
  if (isModel(before) !== isModel(after)) throw optionInvalid(where, 'after', 'of another kind', 'Give two labellings, or two models.');
  return isModel(before) && isModel(after) ? byCenters(where, readModel(where, before), readModel(where, after)) : byMembers(where, before as LabelsInput, after as LabelsInput);
}

function isModel(input: unknown): input is KmeansModel {
  return typeof input === 'object' && input !== null && 'kind' in input && input.kind === 'kmeans';
}

function byMembers(where: string, before: LabelsInput, after: LabelsInput): Table {
  const { rows, columns, counts, rowSums, columnSums } = contingency(where, before, after);
  const overlap = (r: number, c: number): number => {
    const shared = counts[r * columns.length + c]!;
    return shared === 0 ? 0 : shared / (rowSums[r]! + columnSums[c]! - shared);
  };
  // No shared customer is no match.
  const pairs = cheapestPairs(rows.length, columns.length, (r, c) => -overlap(r, c)).map((c, r) => (c >= 0 && overlap(r, c) > 0 ? c : -1));
  return pairTable(rows, columns, pairs, 'overlap', overlap);
}

function byCenters(where: string, before: KmeansModel, after: KmeansModel): Table {
  const places = before.features.map(({ column }) => after.features.findIndex((feature) => feature.column === column));
  if (places.includes(-1) || before.features.length !== after.features.length) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'after' }, `the models have different features (${[before, after].map(({ features }) => features.map(({ column }) => column).join(', ')).join(' / ')}).`, 'Match models of the same features, or the labels of the same customers.');
  }
  const moved = after.centers.map((center) => before.features.map((feature, f) => {
    const value = unscaleValue(after.features[places[f]!]!, center[places[f]!]!);
    return scaleValue(where, feature, Math.max(value, -(feature.shift ?? Infinity)));
  }));
  const distance = (r: number, c: number): number => Math.hypot(...before.centers[r]!.map((value, f) => value - moved[c]![f]!));
  const names = (model: KmeansModel): string[] => model.centers.map((_, c) => String(c));
  return pairTable(names(before), names(after), cheapestPairs(before.centers.length, after.centers.length, distance), 'distance', distance);
}

function pairTable(rows: readonly string[], columns: readonly string[], pairs: readonly number[], measure: string, of: (r: number, c: number) => number): Table {
  const alone = columns.map((_, c) => c).filter((c) => !pairs.includes(c));
  return new Table([
    ['before', textColumn([...rows, ...alone.map(() => null)])],
    ['after', textColumn([...pairs.map((c) => (c === -1 ? null : columns[c]!)), ...alone.map((c) => columns[c]!)])],
    [measure, { type: 'number', data: Float64Array.from([...pairs.map((c, r) => (c === -1 ? NaN : of(r, c))), ...alone.map(() => NaN)]) }],
  ]);
}
