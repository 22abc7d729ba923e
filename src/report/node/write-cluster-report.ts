import { checkKeys } from '../../core/index.js';
import { writeAtomic } from '../../io/node/index.js';
import type { ClusterResult } from '../chart/cluster-parts.js';
import type { ClusterPageOptions } from '../cluster-page.js';

/** How the page is written to a file. */
export interface WriteClusterReportOptions extends ClusterPageOptions {
  readonly signal?: AbortSignal;
}

/**
 * Write {@link clusterPage} to a file: whole or not at all.
 *
 * @throws ClienteleError `FILE_UNWRITABLE` naming the file, `ABORTED`, `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * await writeClusterReport(found, 'segments.html', { rules: treeRules(customers, found) });
 */
export async function writeClusterReport(found: ClusterResult, path: string, options: WriteClusterReportOptions = {}): Promise<void> {
  const { CLUSTER_PAGE_OPTIONS, clusterPage } = await import('../cluster-page.js');
  checkKeys('writeClusterReport', options, [...CLUSTER_PAGE_OPTIONS, 'signal']);
  const { signal, ...content } = options;
  const page = new TextEncoder().encode(await clusterPage(found, content));
  await writeAtomic(path, [page], { where: 'writeClusterReport', ...(signal === undefined ? {} : { signal }) });
}
