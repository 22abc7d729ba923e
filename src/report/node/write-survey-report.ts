import { writeAtomic } from '../../io/node/index.js';
import { surveyPage, type SurveyPageOptions, type SurveyPart } from '../survey-page.js';

/** How the page is written to a file. */
export interface WriteSurveyReportOptions extends SurveyPageOptions {
  readonly signal?: AbortSignal;
}

/**
 * Write {@link surveyPage} to a file: whole or not at all.
 *
 * @throws ClienteleError `FILE_UNWRITABLE` naming the file, `ABORTED`, `OPTION_INVALID`
 */
export async function writeSurveyReport(parts: readonly SurveyPart[], path: string, { signal, ...options }: WriteSurveyReportOptions = {}): Promise<void> {
  const page = new TextEncoder().encode(await surveyPage(parts, options));
  await writeAtomic(path, [page], { where: 'writeSurveyReport', ...(signal === undefined ? {} : { signal }) });
}
