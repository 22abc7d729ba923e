import { writeAtomic } from '../../io/node/index.js';
import type { ClusterResult } from '../chart/cluster-parts.js';
import { clusterPage, type ClusterPageOptions } from '../cluster-page.js';

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
export async function writeClusterReport(found: ClusterResult, path: string, { signal, ...options }: WriteClusterReportOptions = {}): Promise<void> {
  const page = new TextEncoder().encode(await clusterPage(found, options));
  await writeAtomic(path, [page], { where: 'writeClusterReport', ...(signal === undefined ? {} : { signal }) });
}
