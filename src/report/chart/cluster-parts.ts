import { notThisResult } from '../../core/index.js';
import { cellOf, isTable, type Table } from '../../columns/index.js';
import { segmentLabels } from './labels.js';
import { COLORS } from './theme.js';

/** A feature that clusters were found by. */
interface ClusterFeature {
  readonly column: string;
  readonly scaling: string;
}

/** What the charts need of a result of `kmeans`, `kmedians`, `gaussianMixture` or one of their scores. */
export interface ClusterResult {
  readonly table: Table;
  readonly profiles: Table;
  readonly labels: Int32Array;
  readonly model?: { readonly features: readonly ClusterFeature[] };
  /** in a result without a model */
  readonly features?: readonly ClusterFeature[];
}

/**
 * Check that something is customers in clusters.
 *
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkClusters(where: string, found: unknown): ClusterResult {
  const given = found as Partial<ClusterResult> | null;
  if (typeof given === 'object' && given !== null && isTable(given.table) && isTable(given.profiles) && given.labels instanceof Int32Array) return given as ClusterResult;
  throw notThisResult(where, found, 'a result of kmeans, kmedians or gaussianMixture', 'Pass kmeans(customers, { k: 4 }).');
}

/** Names of the clusters by number. */
export function clusterLabels({ profiles }: ClusterResult): string[] {
  return segmentLabels(profiles);
}

/** The features clusters are described by. */
export function clusterFeatures({ profiles, table }: ClusterResult): string[] {
  return profiles.names.filter((name) => name.endsWith('Mean')).map((name) => name.slice(0, -4)).filter((name) => table.has(name) && profiles.has(`${name}Median`));
}

/** A column as text. */
export function textCells(table: Table, column: string): string[] {
  return Array.from({ length: table.numRows }, (_, i) => String(cellOf(table.column(column), i) ?? ''));
}

const PALETTE: readonly string[] = [COLORS.blue, COLORS.orange, COLORS.green, COLORS.purple, COLORS.sky, COLORS.vermillion, '#6b5b1e', COLORS.ink];

/** A colour per cluster; from the ninth on they come again. */
export function clusterColors(k: number): string[] {
  return Array.from({ length: k }, (_, c) => PALETTE[c % PALETTE.length]!);
}
