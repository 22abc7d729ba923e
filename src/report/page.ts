import { checkKeys, checkWord, diagnosticsLines } from '../core/index.js';
import { escapeHtml, numbersOf, type Table } from '../columns/index.js';
import type { RfmResult } from '../rfm/index.js';
import { formatsOf, localeOf, type Formats, type Language } from './format.js';
import { WORDING, type Wording } from './wording.js';

/** How the page is written. */
export interface ReportOptions {
  /** `'en'` (default) or `'zh'`; segment labels keep the language they were scored with */
  readonly language?: Language;
  /** heading of the page */
  readonly title?: string;
}

/**
 * One HTML page about scored customers: headline figures, segments with a suggested action, diagnostics, definitions.
 *
 * The page stands alone: no script, no network, and a Content-Security-Policy that forbids both. All text is escaped.
 *
 * @param scored a result of `rfm` or `scoreRfm`
 * @returns the page as text
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * await writeReport(rfm(customers), 'report.html');   // from clientele/node
 */
export function reportPage(scored: RfmResult, options: ReportOptions = {}): string {
  checkKeys('reportPage', options, ['language', 'title']);
  const language = checkWord('reportPage', 'language', options.language ?? 'en', ['en', 'zh']);
  const words = WORDING[language];
  const formats = formatsOf(localeOf('reportPage', language, undefined));
  const title = escapeHtml(options.title ?? words.title);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${asOf(scored, words)}
${headline(scored, words, formats)}
<p>${escapeHtml(standsOut(scored.segments, words, formats))}</p>
<h2>${escapeHtml(words.segments)}</h2>
${segmentTable(scored.segments, words, formats)}
<h2>${escapeHtml(words.input)}</h2>
${remarks(scored, words)}
<h2>${escapeHtml(words.definitions)}</h2>
<dl>${words.definitionList.map(([term, meaning]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(meaning)}</dd>`).join('')}</dl>
</main>
</body>
</html>
`;
}

function asOf(scored: RfmResult, words: Wording): string {
  const { asOf: day, asOfSource, source } = scored.model.meta;
  return day === undefined ? '' : `<p class="as-of">${escapeHtml(words.asOf(day, asOfSource === 'given', source ?? '–'))}</p>`;
}

function headline(scored: RfmResult, words: Wording, formats: Formats): string {
  const sum = (name: string): number => numbersOf('reportPage', scored.segments, name).reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
  const customers = scored.table.numRows;
  const orders = sum('orders');
  const revenue = sum('revenue');
  const figures: [string, string][] = [
    [words.customers, formats.count(customers)],
    [words.orders, formats.count(orders)],
    [words.revenue, formats.money(revenue)],
    [words.meanBasket, formats.money(orders === 0 ? NaN : revenue / orders)],
  ];
  return `<dl class="figures">${figures.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`;
}

function standsOut(segments: Table, words: Wording, formats: Formats): string {
  const shares = numbersOf('reportPage', segments, 'revenueShare');
  let top = -1;
  shares.forEach((share, i) => {
    if (share > (top === -1 ? 0 : shares[top]!)) top = i;
  });
  if (top === -1) return '';
  return words.standsOut({
    label: String(segments.cell('label', top)),
    share: formats.percent(Number(segments.cell('share', top))),
    revenueShare: formats.percent(shares[top]!),
  });
}

/** Columns of the page's segment table, in order, with the format of each. */
const SEGMENT_COLUMNS: readonly (readonly [name: string, format: Exclude<keyof Formats, 'locale'> | 'text'])[] = [
  ['label', 'text'], ['customers', 'count'], ['share', 'percent'], ['revenue', 'money'], ['revenueShare', 'percent'],
  ['medianRecency', 'days'], ['medianFrequency', 'count'], ['medianMonetary', 'money'], ['action', 'text'],
];

function segmentTable(segments: Table, words: Wording, formats: Formats): string {
  const head = SEGMENT_COLUMNS.map(([name, format]) => `<th scope="col"${format === 'text' ? '' : ' class="number"'}>${escapeHtml(words.columns[name]!)}</th>`).join('');
  const rows = Array.from({ length: segments.numRows }, (_, i) => `<tr>${SEGMENT_COLUMNS.map(([name, format]) => {
    const cell = segments.cell(name, i);
    if (format === 'text') return `<td>${escapeHtml(String(cell ?? ''))}</td>`;
    return `<td class="number">${escapeHtml(formats[format](cell === null ? NaN : Number(cell)))}</td>`;
  }).join('')}</tr>`);
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function remarks(scored: RfmResult, words: Wording): string {
  const lines = diagnosticsLines(scored.diagnostics);
  if (lines.length === 0) return `<p>${escapeHtml(words.nothingToSay)}</p>`;
  return `<ul>${lines.map((line) => `<li>${escapeHtml(line.trim())}</li>`).join('')}</ul>`;
}

const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #1b1f24; background: #fff; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0; font-size: 1.75rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; }
.as-of { margin: .25rem 0 1.25rem; color: #57606a; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0 0 1rem; }
.figures div { flex: 1 1 10rem; padding: .75rem 1rem; border: 1px solid #d0d7de; border-radius: .5rem; }
.figures dt { color: #57606a; font-size: .875rem; }
.figures dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid #d0d7de; text-align: left; vertical-align: top; }
th { font-size: .8125rem; color: #57606a; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number { white-space: normal; }
dl:not(.figures) dt { font-weight: 600; }
dl:not(.figures) dd { margin: 0 0 .5rem; }
@media print { main { padding: 0; max-width: none; } .figures div { break-inside: avoid; } tr { break-inside: avoid; } }
`;
