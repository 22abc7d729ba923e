import { checkWhole, checkKeys, ClienteleError } from '../core/index.js';
import { escapeHtml, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { adviceText, elbowOf, gapPick, type Advice } from './advice.js';
import { fitSteps, prepareFit, readFit, type PreparedFit } from './fit-kmeans.js';
import { newClustering } from './clustering.js';
import { takeSteps, type Found } from './find-clusters.js';
import { gapOfOne, gapReference, type GapReference } from './gap-statistic.js';
import { varianceRatio } from './calinski-harabasz.js';
import { widthOverDistance } from './davies-bouldin.js';
import { FIT_OPTIONS, type FitKmeansOptions } from './options.js';
import { distinctPoints } from './points.js';
import { layOut } from './scaled-points.js';
import { silhouetteOf } from './silhouette.js';
import { stabilityOf, type Stability } from './stability.js';

/** Options of {@link chooseK}: those of `kmeans` but k, and how far to look. */
export interface ChooseKOptions extends Omit<FitKmeansOptions, 'k' | 'initialCenters' | 'centersIn' | 'onProgress'> {
  /** smallest k, 2 by default */
  readonly from?: number;
  /** largest k, 8 by default; fewer where there are fewer different customers */
  readonly to?: number;
  /** uniform reference sets for the gap statistic, 20 by default; 0 leaves it out */
  readonly gapSets?: number;
  /** resamples for stability, 20 by default; 0 leaves it out */
  readonly resamples?: number;
  /** most customers compared for the exact silhouette, 5,000 by default; beyond, so many are drawn */
  readonly exactUpTo?: number;
  /** language of the recommendation, `'en'` by default */
  readonly labels?: 'en' | 'zh';
  /** called after every k; what it throws stops the search */
  readonly onProgress?: (progress: { readonly k: number; readonly from: number; readonly to: number }) => void;
}

/** How every k does, and which one to take. */
export interface ChosenK extends Showable {
  /** one row per k: k, inertia, silhouette, silhouetteError, calinskiHarabasz, daviesBouldin, gap, gapError, adjustedRand, jaccard */
  readonly table: Table;
  /** the k to take; a choice of convenience where `natural` is false */
  readonly k: number;
  /** whether the data have groups of their own */
  readonly natural: boolean;
  /** what each measure picks; absent where it picks none. A gap of 1: no groups at all */
  readonly picks: Advice['picks'];
  /** the gap statistic of one cluster, with which the table's are compared; absent where `from` is above 2 or gapSets 0 */
  readonly gapOfOne?: { readonly gap: number; readonly gapError: number };
  /** why, in words */
  readonly recommendation: string;
}

/**
 * How many clusters: every measure for every k, and a recommendation in words, "no natural k" when that is the truth.
 *
 * Measures rarely agree on customers, whose values run without gaps from small to large; then any k is a choice of
 * convenience, and the recommendation says so. It calls k natural where the mean silhouette is 0.5 or more, the
 * clusters come back in resamples (mean Jaccard 0.75 or more) where that was looked at, and there are ten customers a
 * cluster or more. The gap statistic begins at one cluster, so that it can say that there are no groups.
 *
 * @param customers as for `kmeans`. Not modified.
 * @throws ClienteleError as `kmeans`; `OPTION_INVALID` for limits that leave no k
 * @example
 * const chosen = chooseK(customers, { from: 2, to: 8 });
 * console.log(chosen.recommendation);
 * kmeans(customers, { k: chosen.k });
 *
 * Source: elbow by the largest distance to the chord; Rousseeuw (1987); Calinski & Harabasz (1974); Davies & Bouldin
 * (1979); gap statistic with its one-standard-error rule (Tibshirani, Walther & Hastie 2001); bootstrap stability (Hennig
 * 2007). Gap and stability look at 2,000 customers at most. O(k × (starts + gapSets + resamples) fits).
 */
export function chooseK(customers: TableInput, options: ChooseKOptions = {}): ChosenK {
  const where = 'chooseK';
  checkKeys(where, options, [...FIT_OPTIONS.filter((name) => !['k', 'initialCenters', 'centersIn'].includes(name)), 'from', 'to', 'gapSets', 'resamples', 'exactUpTo', 'labels']);
  const { from: least = 2, to: most = 8, gapSets = 20, resamples = 20, exactUpTo = 5000, labels = 'en', onProgress, ...rest } = options;
  const from = checkWhole(where, 'from', least, 2, 100);
  const asked = checkWhole(where, 'to', most, from, 100);
  checkWhole(where, 'gapSets', gapSets, 0, 1000);
  checkWhole(where, 'resamples', resamples, 0, 1000);
  checkWhole(where, 'exactUpTo', exactUpTo, 2, 200_000);
  const prepared = prepareFit(readFit(where, customers, { ...rest, k: from }));
  const to = Math.min(asked, distinctPoints(prepared.clustering.points, asked), prepared.clustering.points.n - 1);
  if (to < from) throw new ClienteleError('VALUE_INVALID', { where }, `${prepared.clustering.points.n} customers are too few to compare numbers of clusters.`, `Pass more than ${from} customers.`);

  const rows: KRow[] = [];
  for (let k = from; k <= to; k++) {
    rows.push(rowOf(prepared, k, { gapSets, resamples, exactUpTo }));
    onProgress?.({ k, from, to });
  }
  const { points } = prepared.clustering;
  // Whether there are groups at all can be asked only where every k from 1 on is looked at.
  const one = from > 2 || gapSets === 0 ? undefined : gapOfOne(points, gapSets, prepared.checked.seed);
  const advice = adviceText(rows, elbowOf(rows), gapPick(one === undefined ? rows : [{ k: 1, ...one }, ...rows]), { language: labels, customers: points.n });
  const table = kTable(rows);
  const result = { table, ...advice, ...(one === undefined ? {} : { gapOfOne: one }) };
  return showableResult(result, { text: () => `${advice.recommendation}\n\n${table.toString()}`, html: () => `<p>${escapeHtml(advice.recommendation)}</p>${table.toHTML()}` });
}

/** What is known of one k. */
export interface KRow extends Stability, GapReference {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  readonly silhouetteError: number;
  readonly calinskiHarabasz: number;
  readonly daviesBouldin: number;
}

function rowOf(prepared: PreparedFit, k: number, { gapSets, resamples, exactUpTo }: { gapSets: number; resamples: number; exactUpTo: number }): KRow {
  const { points } = prepared.clustering;
  const clustering = newClustering(points, k);
  const found: Found = takeSteps(clustering, fitSteps({ ...prepared, clustering, options: { k } }));
  const columns = Array.from({ length: points.d }, (_, f) => Float64Array.from({ length: points.n }, (__, i) => points.data[i * points.d + f]!));
  const laid = layOut(prepared.where, columns, Int32Array.from(found.labels), Array.from({ length: k }, (_, c) => String(c)));
  const { mean, error } = silhouetteOf(laid, exactUpTo);
  return {
    k, inertia: found.inertia, silhouette: mean, silhouetteError: error, calinskiHarabasz: varianceRatio(laid), daviesBouldin: widthOverDistance(laid),
    ...gapReference(points, k, found.inertia, gapSets, prepared.checked.seed),
    ...stabilityOf(points, k, found, resamples, prepared.checked.seed),
  };
}

function kTable(rows: readonly KRow[]): Table {
  const numbers = (name: keyof KRow): [string, Column] => [name, { type: 'number', data: Float64Array.from(rows, (row) => row[name]) }];
  return new Table([
    ['k', { type: 'integer', data: Int32Array.from(rows, ({ k }) => k) }],
    ...(['inertia', 'silhouette', 'silhouetteError', 'calinskiHarabasz', 'daviesBouldin', 'gap', 'gapError', 'adjustedRand', 'jaccard'] as const).map(numbers),
  ]);
}
