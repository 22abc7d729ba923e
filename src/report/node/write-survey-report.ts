import { checkKeys } from '../../core/index.js';
import { writeAtomic } from '../../io/node/index.js';
import type { SurveyPageOptions, SurveyPart } from '../survey-page.js';

/** How the page is written to a file. */
export interface WriteSurveyReportOptions extends SurveyPageOptions {
  readonly signal?: AbortSignal;
}

/**
 * Write {@link surveyPage} to a file: whole or not at all.
 *
 * @throws ClienteleError `FILE_UNWRITABLE` naming the file, `ABORTED`, `OPTION_INVALID`
 */
export async function writeSurveyReport(parts: readonly SurveyPart[], path: string, options: WriteSurveyReportOptions = {}): Promise<void> {
  const { SURVEY_PAGE_OPTIONS, surveyPage } = await import('../survey-page.js');
  checkKeys('writeSurveyReport', options, [...SURVEY_PAGE_OPTIONS, 'signal']);
  const { signal, ...content } = options;
  const page = new TextEncoder().encode(await surveyPage(parts, content));
  await writeAtomic(path, [page], { where: 'writeSurveyReport', ...(signal === undefined ? {} : { signal }) });
}
