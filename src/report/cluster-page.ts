import { checkKeys, checkWord, diagnosticsLines, optionInvalid, valueText, type Diagnostics } from '../core/index.js';
import { cellOf, isTable, numbersOf, type Table } from '../columns/index.js';
import type { ChosenK, Silhouette, TreeRules } from '../segmentation/index.js';
import * as charts from './chart/index.js';
import type { Chart } from './chart/chart.js';
import { checkClusters, clusterFeatures, type ClusterResult } from './chart/cluster-parts.js';
import { chartWords, measureName } from './chart/words.js';
import { formatsOf, localeOf, type Formats, type Language } from './format.js';
import { chartFigure } from './page/charts.js';
import { clusterWording, type ClusterWording } from './page/cluster-wording.js';
import { documentOf } from './page/document.js';
import { html, NOTHING, type Html } from './page/html.js';

/** How the page about clusters is written, and what else stands on it. */
export interface ClusterPageOptions {
  /** `'en'` (default) or `'zh'`; labels of clusters keep the language they were made with */
  readonly language?: Language;
  /** how numbers are written, as a language tag: `'de-DE'`; that of the language by default */
  readonly locale?: string;
  /** heading of the page */
  readonly title?: string;
  /** what `chooseK` returned: the page then tells how many clusters there should be, and why */
  readonly chosen?: ChosenK;
  /** what `treeRules` returned: the page then says in words who is in which cluster */
  readonly rules?: TreeRules;
  /** what `silhouette` returned for these clusters */
  readonly silhouette?: Silhouette;
}

/** What the page is about. */
interface ClusterPage {
  readonly where: string;
  readonly found: ClusterResult & { readonly diagnostics?: Diagnostics };
  readonly options: ClusterPageOptions;
  readonly language: Language;
  readonly words: ClusterWording;
  readonly formats: Formats;
}

/** Names of the options. */
export const CLUSTER_PAGE_OPTIONS: readonly string[] = ['language', 'locale', 'title', 'chosen', 'rules', 'silhouette'];

/**
 * One HTML page about segments found in the data, for people who do not run programs.
 *
 * Headline figures, what each cluster is like, how many there should be and why, charts with tooltips, the rules that
 * explain them, what became of the input, how the numbers are defined. One file that works offline; all text is escaped.
 *
 * @param found a result of `kmeans`, `kmedians` or `gaussianMixture`
 * @returns the page as text, about 0.9 MB
 * @throws ClienteleError (as a rejected promise) `VALUE_INVALID` for what is no result; `OPTION_INVALID`
 * @example
 * const page = await clusterPage(found, { rules: treeRules(customers, found), language: 'zh' });
 */
export async function clusterPage(found: ClusterResult, options: ClusterPageOptions = {}): Promise<string> {
  const where = 'clusterPage';
  checkKeys(where, options, CLUSTER_PAGE_OPTIONS);
  const language = checkWord(where, 'language', options.language ?? 'en', ['en', 'zh']);
  if (options.title !== undefined && typeof options.title !== 'string') throw optionInvalid(where, 'title', valueText(options.title), 'Give text.');
  checkClusters(where, found);
  if (options.rules !== undefined && !isTable(options.rules.table)) throw optionInvalid(where, 'rules', options.rules, 'Pass treeRules(customers, found).');
  const words = clusterWording(language);
  const page: ClusterPage = { where, found, options, language, words, formats: formatsOf(localeOf(where, language, options.locale)) };
  return documentOf({
    language, title: options.title ?? words.title, skip: { to: 'segments', text: words.skip },
    main: [asOfPart(page), figures(page), reasons(page), html`<noscript><p>${words.noScript}</p></noscript>`, profiles(page), drawings(page), rules(page), comparison(page), remarks(page), definitions(page)],
  });
}

function asOfPart({ found, words }: ClusterPage): Html {
  const meta = (found.model as { meta?: { asOf?: unknown; asOfSource?: unknown; source?: unknown } } | undefined)?.meta;
  if (typeof meta?.asOf !== 'string') return NOTHING;
  return html`<p class="as-of">${words.asOf(meta.asOf, meta.asOfSource === 'given', typeof meta.source === 'string' ? meta.source : undefined)}</p>`;
}

function figures({ where, found, words, formats }: ClusterPage): Html {
  const customers = numbersOf(where, found.profiles, 'customers').reduce((sum, n) => sum + n, 0);
  const money = found.profiles.has('monetarySum') ? numbersOf(where, found.profiles, 'monetarySum').reduce((sum, n) => sum + n, 0) : undefined;
  const list: [string, string][] = [[words.customers, formats.count(customers)], [words.clusters, formats.count(found.profiles.numRows)], ...(money === undefined ? [] : [[words.money, formats.money(money)] as [string, string]])];
  return html`<dl class="figures">${list.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function reasons({ options: { chosen, rules: explained }, words, formats }: ClusterPage): Html {
  const sentences = [...(chosen === undefined ? [] : [chosen.recommendation]), ...(explained === undefined ? [] : [words.explained(formats.percent(explained.accuracy))])];
  return sentences.length === 0 ? NOTHING : html`${sentences.map((sentence) => html`<p class="findings" dir="auto">${sentence}</p>`)}`;
}

type Format = 'count' | 'money' | 'percent' | 'text' | 'decimal';

function profiles({ where, found, words, formats, language }: ClusterPage): Html {
  const features = clusterFeatures(found);
  const money = found.profiles.has('monetarySum');
  const measures = chartWords(language);
  const columns: readonly (readonly [name: string, head: string, format: Format])[] = [
    ['label', words.cluster, 'text'], ['customers', words.customers, 'count'], ['share', words.share, 'percent'],
    ...(money ? [['monetarySum', words.money, 'money'], ['valueShare', words.moneyShare, 'percent']] as const : []),
    ...features.map((feature) => [`${feature}Mean`, words.mean(measureName(measures, feature)), 'count'] as const),
    ['apart', words.apart, 'text'],
  ];
  return html`<section id="segments"><h2>${words.profiles}</h2>${tableOf(where, found.profiles, columns, formats)}</section>`;
}

function drawings(page: ClusterPage): Html {
  const { found, options: { chosen, silhouette: widths }, language, words, formats: { locale } } = page;
  const options = { language, locale };
  const labels = Array.from({ length: found.profiles.numRows }, (_, c) => String(cellOf(found.profiles.column('label'), c)));
  const makers: readonly (() => Chart)[] = [
    () => charts.clusterProfiles(found, options),
    () => charts.clusterScatter(found, options),
    ...(found.table.has('recency') && found.table.has('monetary') ? [(): Chart => charts.clusterScatter(found, { ...options, x: 'recency', y: 'monetary' })] : []),
    ...(widths === undefined ? [] : [(): Chart => charts.silhouettePlot(widths, { ...options, names: widths.clusters.map(({ cluster }) => labels[Number(cluster)] ?? cluster) })]),
    ...(chosen === undefined ? [] : [(): Chart => charts.clusterComparison(chosen, options)]),
  ];
  return html`<section id="charts"><h2>${words.charts}</h2><div class="charts">${makers.map((make, i) => chartFigure(`chart-${i + 1}`, make))}</div></section>`;
}

function rules({ options: { rules: explained }, words, formats, language }: ClusterPage): Html {
  if (explained === undefined) return NOTHING;
  const list = explained.rules.map((rule) => html`<tr><th scope="row" dir="auto">${rule.label[language]}</th><td dir="auto">${rule.text[language]}</td><td class="number">${formats.count(rule.customers)}</td><td class="number">${formats.percent(rule.precision)}</td></tr>`);
  const head = html`<tr><th scope="col">${words.cluster}</th><th scope="col">${words.rule}</th><th scope="col" class="number">${words.customers}</th><th scope="col" class="number">${words.precision}</th></tr>`;
  return html`<section id="rules"><h2>${words.rules}</h2><div class="wide" tabindex="0" role="region" aria-label="${words.rules}"><table><thead>${head}</thead><tbody>${list}</tbody></table></div></section>`;
}

function comparison({ where, options: { chosen }, words, formats }: ClusterPage): Html {
  if (chosen === undefined) return NOTHING;
  const columns = (['k', 'inertia', 'silhouette', 'calinskiHarabasz', 'daviesBouldin', 'gap', 'adjustedRand', 'jaccard'] as const).map((name) => [name, words.measures[name], name === 'k' || name === 'calinskiHarabasz' || name === 'inertia' ? 'count' : 'decimal'] as const);
  return html`<section id="how-many"><h2>${words.howMany}</h2>${tableOf(where, chosen.table, columns, formats)}</section>`;
}

function remarks({ found, words }: ClusterPage): Html {
  const lines = found.diagnostics === undefined ? [] : diagnosticsLines(found.diagnostics);
  return html`<section><h2>${words.input}</h2>${lines.length === 0 ? html`<p>${words.nothingToSay}</p>` : html`<ul>${lines.map((line) => html`<li dir="auto">${line.trim()}</li>`)}</ul>`}</section>`;
}

function definitions({ words }: ClusterPage): Html {
  return html`<section><h2>${words.definitions}</h2><dl class="terms">${words.definitionList.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl></section>`;
}

function tableOf(where: string, table: Table, columns: readonly (readonly [name: string, head: string, format: Format])[], formats: Formats): Html {
  const numbers = new Map(columns.filter(([, , format]) => format !== 'text').map(([name]) => [name, numbersOf(where, table, name)]));
  const say = (value: number, format: Exclude<Format, 'text'>): string => (format === 'decimal' ? (Number.isFinite(value) ? value.toFixed(3) : '–') : formats[format](value));
  const head = columns.map(([, text, format]) => (format === 'text' ? html`<th scope="col">${text}</th>` : html`<th scope="col" class="number">${text}</th>`));
  const rows = Array.from({ length: table.numRows }, (_, i) => html`<tr>${columns.map(([name, , format], c) => {
    if (format !== 'text') return html`<td class="number">${say(numbers.get(name)![i]!, format)}</td>`;
    const text = String(cellOf(table.column(name), i) ?? '');
    return c === 0 ? html`<th scope="row" dir="auto">${text}</th>` : html`<td class="action" dir="auto">${text}</td>`;
  })}</tr>`);
  return html`<div class="wide" tabindex="0" role="region"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
