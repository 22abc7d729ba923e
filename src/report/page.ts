import { checkKeys, checkWhole, checkWord, optionInvalid, valueText } from '../core/index.js';
import type { JoinedView } from '../identity/index.js';
import { migration, type RfmResult } from '../rfm/index.js';
import { formatsOf, localeOf, type Language } from './format.js';
import { pageCharts } from './page/charts.js';
import { customersSection, shownCustomers } from './page/customers.js';
import { documentOf } from './page/document.js';
import { html } from './page/html.js';
import { migrationSection } from './page/migration.js';
import { oneCustomerSection } from './page/one-customer.js';
import type { Page } from './page/page.js';
import { asOfLine, definitions, findings, headline, remarks, segmentsSection } from './page/sections.js';
import { WORDING } from './page/wording.js';
import { checkScored, checkView } from './results.js';

/** How the page is written. */
export interface ReportOptions {
  /** `'en'` (default) or `'zh'`; segment labels keep the language they were scored with */
  readonly language?: Language;
  /** how numbers, money and shares are written, as a language tag: `'de-DE'`; that of the language by default */
  readonly locale?: string;
  /** heading of the page */
  readonly title?: string;
  /** the same customers at an earlier date: the page then tells who moved between segments */
  readonly before?: RfmResult;
  /** most customers in the table, those with the most money first; 20 000 by default, 0 for no table. How many are left out is said. */
  readonly customers?: number;
  /** further columns of `scored.table` in the customers' table: `['name', 'email']` */
  readonly columns?: readonly string[];
  /** what is known of one customer, as `customerView` returned it: a section of its own above the segments */
  readonly view?: JoinedView;
}

/** Names of the options. */
export const REPORT_OPTIONS: readonly string[] = ['language', 'locale', 'title', 'before', 'customers', 'columns', 'view'];

/**
 * One HTML page about scored customers, for people who do not run programs.
 *
 * Headline figures as of their day, what stands out, segments with a suggested action, charts with tooltips, who moved
 * since an earlier date, a table of customers to search and sort, what became of the input, and how each number is
 * defined. It is one file and works offline: nothing is loaded, a Content-Security-Policy forbids network, eval and any
 * script but its own. All text is escaped. Without script it still has every table but the customers'.
 *
 * @param scored a result of `rfm` or `scoreRfm`
 * @returns the page as text: about 0.9 MB, and 30 bytes a customer
 * @throws ClienteleError (as a rejected promise) `OPTION_INVALID`; `VALUE_INVALID` for what is no result; `MODEL_INVALID`
 *   for one of another version; `COLUMN_MISSING`
 * @example
 * const page = await reportPage(rfm(customers), { language: 'zh', before: lastMonth });
 * await writeReport(rfm(customers), 'report.html');   // from clientele/node
 */
export async function reportPage(scored: RfmResult, options: ReportOptions = {}): Promise<string> {
  const page = preparePage(scored, options);
  const { words, title, language } = page;
  const moved = migrationSection(page);
  return documentOf({
    language, title, skip: { to: 'segments', text: words.skip },
    main: [
      asOfLine(page), headline(page), findings(page), html`<noscript><p>${words.noScript}</p></noscript>`, oneCustomerSection(page), segmentsSection(page), pageCharts(page), moved,
      customersSection(page), remarks(page), definitions(page),
    ],
  });
}

function preparePage(scored: RfmResult, options: ReportOptions): Page {
  const where = 'reportPage';
  checkKeys(where, options, REPORT_OPTIONS);
  const language = checkWord(where, 'language', options.language ?? 'en', ['en', 'zh']);
  const locale = localeOf(where, language, options.locale);
  const most = checkWhole(where, 'customers', options.customers ?? 20_000, 0);
  const { columns = [], title } = options;
  if (!Array.isArray(columns) || columns.some((name) => typeof name !== 'string')) throw optionInvalid(where, 'columns', valueText(columns), "Give a list of column names: columns: ['name'].");
  if (title !== undefined && typeof title !== 'string') throw optionInvalid(where, 'title', title, 'Give text.');
  checkScored(where, scored);
  const before = options.before === undefined ? undefined : checkScored(where, options.before);
  const words = WORDING[language];
  return {
    where, scored, language, words,
    formats: formatsOf(locale, scored.meta?.currency),
    title: title ?? words.title,
    before, moved: before === undefined ? undefined : migration(before, scored),
    customers: shownCustomers(where, scored.table, most, columns),
    view: options.view === undefined ? undefined : checkView(where, options.view),
  };
}
