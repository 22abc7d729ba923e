import { checkKeys } from '../../core/index.js';
import { writeAtomic } from '../../io/node/index.js';
import type { RfmResult } from '../../rfm/index.js';
import type { ReportOptions } from '../page.js';

/** How the page is written to a file. */
export interface WriteReportOptions extends ReportOptions {
  readonly signal?: AbortSignal;
}

/**
 * Write {@link reportPage} to a file: whole or not at all.
 *
 * @throws ClienteleError `FILE_UNWRITABLE` naming the file, `ABORTED`, `OPTION_INVALID`
 */
export async function writeReport(scored: RfmResult, path: string, options: WriteReportOptions = {}): Promise<void> {
  const { REPORT_OPTIONS, reportPage } = await import('../page.js');
  checkKeys('writeReport', options, [...REPORT_OPTIONS, 'signal']);
  const { signal, ...content } = options;
  const page = new TextEncoder().encode(await reportPage(scored, content));
  await writeAtomic(path, [page], { where: 'writeReport', ...(signal === undefined ? {} : { signal }) });
}
