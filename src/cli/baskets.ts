import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ClienteleError, diagnosticsLines, valueText } from '../core/index.js';
import { escapeHtml, Table } from '../columns/index.js';
import { associationRules, basketsOf, fromBaskets, fromOrderLines, type AssociationRules, type AssociationRulesOptions, type Baskets, type BasketsOfOptions, type Delimiter } from '../basket/index.js';
import { readCsv, writeAtomic, type CsvFileSource } from '../node.js';
import { charts } from '../report/index.js';
import { toSVG } from '../report/svg.js';
import { given, number, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, checkReport, onlyFile, writeTable, wroteLine } from './output.js';
import { checkLanguage } from './score.js';
import { print } from './pipes.js';
import { readingOf, sourceOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';

const BASKET_FLAGS: readonly Flag[] = [
  { name: 'one-a-line', help: 'the file holds one basket a line, its items separated; no header' },
  { name: 'basket', takes: 'order|customer-day', help: 'what makes a basket (order where there are order ids)' },
  { name: 'max-items', takes: 'N', help: 'longer baskets are left out and counted (200)' },
];

const RULE_FLAGS: readonly Flag[] = [
  { name: 'min-support', takes: 'SHARE', help: 'least share of baskets that hold all items of a rule (0.01)' },
  { name: 'min-confidence', takes: 'SHARE', help: 'least share of baskets with the antecedent that hold the consequent too (0.5)' },
  { name: 'min-lift', takes: 'N', help: 'least lift (0)' },
  { name: 'max-length', takes: 'N', help: 'most items in a rule, both sides (4)' },
  { name: 'prune', help: 'leave out rules no surer than one of fewer items' },
  { name: 'test', takes: 'fisher|chi-square', help: 'test behind the p-values (fisher)' },
  { name: 'correction', takes: 'WORD', help: 'for many rules: holm, bonferroni, benjamini-hochberg, none (holm)' },
  { name: 'max-p', takes: 'P', help: 'most adjusted p-value (1)' },
  { name: 'labels', takes: 'en|zh', help: 'language of what is printed and of the report (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'top', takes: 'N', help: 'rules printed (20)' },
  { name: 'out', takes: 'FILE', help: 'write all rules: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write a page with the rules (.html); charts need npm i vega vega-lite' },
  { name: 'quiet', help: 'print nothing but errors' },
];

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS.filter(({ name }) => name !== 'carry') },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Baskets', flags: BASKET_FLAGS },
  { title: 'Rules', flags: RULE_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele baskets`: orders or baskets in, rules of what sells together out. */
export const baskets: Command = {
  name: 'baskets',
  summary: 'which products sell together: association rules by lift',
  usage: 'baskets ORDERS.csv|- --order COLUMN --product COLUMN [flags], or baskets BASKETS.csv|- --one-a-line [flags]',
  groups,
  examples: [
    'clientele baskets orders.csv --order order_id --product item --out rules.csv --report rules.html',
    'clientele baskets groceries.csv --one-a-line --min-support 0.005 --min-confidence 0.3 --prune',
    'clientele baskets orders.csv --customer id --date day --amount total --product item --basket customer-day',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const file = onlyFile(positionals);
  const out = text(flags, 'out'), page = text(flags, 'report');
  checkOut(out);
  checkReport(page, out);
  const top = number(flags, 'top') ?? 20;
  if (!Number.isInteger(top) || top < 0) throw new UsageError('--top takes a whole number.');
  const language = checkLanguage(text(flags, 'labels'));

  const opened = await basketsFromFile(file, flags, signal);
  const found = associationRules(opened.baskets, ruleOptions(flags));
  const written = out === undefined ? [] : [await writeTable(found.table, out, 'rules', language, signal)];
  if (page !== undefined) {
    const { html, said } = await pageOf(found, language);
    await writeAtomic(page, [new TextEncoder().encode(html)], { where: 'baskets', signal });
    written.push(`${wroteLine(page, language)}${said}`);
  }
  if (flags['quiet'] !== true) await print(answer(found, top, language, [...opened.said, ...written]), out === '-' ? process.stderr : process.stdout);
}

function ruleOptions(flags: FlagValues): AssociationRulesOptions {
  return given<AssociationRulesOptions>({
    minSupport: number(flags, 'min-support'), minConfidence: number(flags, 'min-confidence'), minLift: number(flags, 'min-lift'), maxLength: number(flags, 'max-length'),
    redundant: flags['prune'] === true ? 'prune' : undefined, test: text(flags, 'test') as AssociationRulesOptions['test'], correction: text(flags, 'correction') as AssociationRulesOptions['correction'],
    maxP: number(flags, 'max-p'), basket: undefined, maxItems: undefined, maxItemsets: undefined,
  });
}

const MARKS: Readonly<Record<string, Delimiter>> = { comma: ',', semicolon: ';', tab: '\t', '\\t': '\t', pipe: '|' };

/** One basket a line; order and product alone; or a whole order log. */
async function basketsFromFile(file: string, flags: FlagValues, signal: AbortSignal): Promise<{ baskets: Baskets; said: readonly string[] }> {
  const maxItems = number(flags, 'max-items');
  const source = file === '-' ? 'standard input' : basename(file);
  const mark = text(flags, 'delimiter');
  const delimiter = mark === undefined ? undefined : MARKS[mark] ?? (mark as Delimiter);
  if (flags['one-a-line'] === true) {
    const roles = COLUMN_FLAGS.filter(({ name }) => text(flags, name) !== undefined);
    if (roles.length > 0 || text(flags, 'basket') !== undefined) throw new UsageError(`--one-a-line files have no columns: leave --${roles[0]?.name ?? 'basket'} out.`);
    return { said: [], baskets: fromBaskets(await contentOf(file, flags), given({ delimiter, maxItems, source })) };
  }
  const order = text(flags, 'order'), product = text(flags, 'product');
  if (product === undefined) throw new UsageError('say which column is the product: --product COLUMN; or --one-a-line for a file with one basket a line.');
  const basket = text(flags, 'basket') as BasketsOfOptions['basket'];
  const others = COLUMN_FLAGS.filter(({ name }) => name !== 'order' && name !== 'product' && text(flags, name) !== undefined);
  if (order !== undefined && others.length === 0 && basket !== 'customer-day') {
    const header = flags['no-header'] === true ? false : undefined;
    return { said: [], baskets: fromOrderLines(await contentOf(file, flags), given({ order, product, delimiter, header, maxItems, source })) };
  }
  const reading = await readingOf(file, flags);
  const orders = await readCsv(reading.source, reading.mapping, { ...reading.options, signal });
  return { said: reading.said, baskets: basketsOf(orders, given<BasketsOfOptions>({ basket, maxItems })) };
}

/** The engine's strings end a little above. */
const LONGEST_TEXT = 500_000_000;

/** The whole of a file as text: unpacked, decoded. */
async function contentOf(file: string, flags: FlagValues): Promise<string> {
  const { source } = await sourceOf(file, flags);
  const place = { where: 'baskets', file };
  let bytes: Uint8Array;
  try {
    bytes = await bytesOf(source);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  } catch (cause) {
    throw new ClienteleError('FILE_UNREADABLE', place, `${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}).`, 'Check the name, and that it is a file you may read.', cause);
  }
  if (bytes.length > LONGEST_TEXT) throw new ClienteleError('FILE_UNREADABLE', place, `${file} is longer than 500 MB, too long to be read as one text.`, 'Name --customer, --date and --amount too: an order log is read in pieces.');
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : text(flags, 'encoding') ?? 'utf-8';
  let decoder: { decode(input: Uint8Array): string };
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new UsageError(`--encoding ${valueText(encoding)} is not known; use utf-8, gb18030, utf-16le, windows-1252 …`);
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new ClienteleError('FILE_UNREADABLE', place, `${file} is not in the encoding ${encoding}.`, 'Save it as "CSV UTF-8", or name its encoding: --encoding.', cause);
  }
}

async function bytesOf(source: CsvFileSource): Promise<Uint8Array> {
  if (typeof source === 'string') return readFile(source);
  if (source instanceof Uint8Array) return source;
  const chunks: Uint8Array[] = [];
  for await (const chunk of source as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const COLUMNS: Readonly<Record<string, string>> = { antecedent: '前项', consequent: '后项', count: '购物篮数', support: '支持度', confidence: '置信度', lift: '提升度', adjustedP: '校正 p 值' };

/** The columns for people; files keep their keys in any language. */
function brief(rules: Table, language: 'en' | 'zh'): Table {
  const columns = Object.keys(COLUMNS);
  return language === 'en' ? rules.select(columns) : new Table(columns.map((name) => [COLUMNS[name]!, rules.column(name)]));
}

function headOf({ meta, table }: AssociationRules): string {
  return `${table.numRows} rules from ${meta.baskets} baskets of ${meta.items} items (${meta.source}); support from ${meta.minSupport} (${meta.minCount} baskets), confidence from ${meta.minConfidence}${meta.pruned > 0 ? `, ${meta.pruned} redundant ones left out` : ''}`;
}

function answer(found: AssociationRules, top: number, language: 'en' | 'zh', said: readonly string[]): string {
  const width = process.stdout.columns;
  const shown = top === 0 || found.table.numRows === 0 ? [] : ['', brief(found.table, language).toString({ rows: top, ...(width === undefined ? {} : { width }) })];
  return [PAGE_WORDS[language].head(found), ...shown, ...diagnosticsLines(found.diagnostics), ...said, ''].join('\n');
}

const PAGE_WORDS = {
  en: { title: 'What sells together', head: headOf, all: 'The rules', measures: 'Support is the share of baskets that hold all items of a rule; confidence the share of baskets with the left side that also hold the right; lift how many times more often than by chance. A lift of 1 means nothing.', noCharts: '; its charts need vega and vega-lite: npm i vega vega-lite' },
  zh: {
    title: '哪些商品一起购买',
    head: ({ meta, table }: AssociationRules): string => `${meta.source}：${meta.baskets} 个购物篮、${meta.items} 种商品中的 ${table.numRows} 条规则；支持度不低于 ${meta.minSupport}（${meta.minCount} 个购物篮），置信度不低于 ${meta.minConfidence}${meta.pruned > 0 ? `，略去 ${meta.pruned} 条冗余规则` : ''}`,
    all: '规则', measures: '支持度：包含规则全部商品的购物篮占比；置信度：含左侧商品的购物篮中也含右侧商品的占比；提升度：相对于随机情况的倍数，等于 1 表示没有关联。', noCharts: '；图表需要 vega 和 vega-lite：npm i vega vega-lite',
  },
} as const;

async function pageOf(found: AssociationRules, language: 'en' | 'zh'): Promise<{ html: string; said: string }> {
  const words = PAGE_WORDS[language];
  let pictures = '', said = '';
  try {
    for (const chart of [charts.rulesScatter(found, { language, width: 720 }), charts.rulesGraph(found, { language, width: 720 })]) pictures += `<figure>${await toSVG(chart)}</figure>`;
  } catch (e) {
    if (!(e instanceof ClienteleError) || e.code !== 'PEER_MISSING') throw e;
    said = words.noCharts;
  }
  const style = 'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:64rem}figure{margin:1rem 0;overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.25rem .6rem;border-bottom:1px solid #ddd}';
  const remarks = diagnosticsLines(found.diagnostics).map((line) => `<p>${escapeHtml(line)}</p>`).join('');
  const html = `<!doctype html><html lang="${language === 'zh' ? 'zh' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><style>${style}</style>`
    + `<h1>${words.title}</h1><p>${escapeHtml(words.head(found))}</p><p>${words.measures}</p>${remarks}${pictures}<h2>${words.all}</h2>${brief(found.table, language).toHTML({ rows: 500 })}</html>\n`;
  return { html, said };
}
