import { diagnosticsLines } from '../core/index.js';
import { Table } from '../columns/index.js';
import { interpurchase, ladder, purchaseConversion, repeatRate, retention as retained, stageHistory, type Retention, type RetentionOptions } from '../loyalty/index.js';
import { readCsv, writeAtomic } from '../node.js';
import { charts, resultsPage, type PageTable } from '../report/index.js';
import { summarize, type Transactions } from '../transactions/index.js';
import { given, number, readCommandLine, text, type Flag } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, checkReport, onlyFile, writeTable, wroteLine } from './output.js';
import { checkLanguage } from './score.js';
import { print } from './pipes.js';
import { readingOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';

const RETENTION_FLAGS: readonly Flag[] = [
  { name: 'period', takes: 'WORD', help: 'week, month, quarter or year (month)' },
  { name: 'kind', takes: 'WORD', help: 'bounded: bought in the period; unbounded: then or later; window: in the days before its end (bounded)' },
  { name: 'window-days', takes: 'N', help: 'days of the window, with --kind window' },
  { name: 'cohort', takes: 'COLUMN', help: "customers by a column's value at their first purchase (by the period of it); channel, or name it in --carry" },
  { name: 'as-of', takes: 'DAY', help: 'day the answer stands for, YYYY-MM-DD, inclusive (the last date of the log)' },
  { name: 'labels', takes: 'en|zh', help: 'language of what is printed and of the report (en); warnings are English' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'out', takes: 'FILE', help: 'write cohort, offset, size, active, rate, revenue …: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write a page for people (.html)' },
  { name: 'quiet', help: 'print nothing but errors' },
];

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Retention', flags: RETENTION_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele retention`: an order log in, cohorts and who stayed out. */
export const retention: Command = {
  name: 'retention',
  summary: 'who comes back: retention by cohort, repeat rate, stages (CSV)',
  usage: 'retention ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] [flags]',
  groups,
  examples: [
    'clientele retention orders.csv --customer customer_id --date order_date --amount revenue --out retention.csv --report retention.html',
    'clientele retention orders.csv --customer id --date day --amount total --channel channel --cohort channel --period quarter --kind unbounded',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const file = onlyFile(positionals);
  const out = text(flags, 'out'), page = text(flags, 'report');
  checkOut(out);
  checkReport(page, out);
  const labels = checkLanguage(text(flags, 'labels'));
  const options = given<RetentionOptions>({
    period: text(flags, 'period') as RetentionOptions['period'], kind: text(flags, 'kind') as RetentionOptions['kind'], cohort: text(flags, 'cohort'), windowDays: number(flags, 'window-days'), asOf: text(flags, 'as-of'), labels,
  });
  const reading = await readingOf(file, flags);
  const orders = await readCsv(reading.source, reading.mapping, { ...reading.options, signal });
  const kept = retained(orders, options);
  const written = out === undefined ? [] : [await writeTable(kept.table, out, 'cells', labels, signal)];
  if (page !== undefined) {
    await writeAtomic(page, [new TextEncoder().encode(await retentionPage(orders, kept, labels))], { where: 'retention', signal });
    written.push(wroteLine(page, labels));
  }
  if (flags['quiet'] !== true) await print(answer(orders, kept, [...reading.said, ...written], labels), out === '-' ? process.stderr : process.stdout);
}

/** What the terminal shows: rates, all cohorts together, and how often customers come back at all. */
function answer(orders: Transactions, kept: Retention, written: readonly string[], language: 'en' | 'zh'): string {
  const { meta } = kept;
  const words = WORDS[language];
  const repeat = repeatRate(summarize(orders, { asOf: meta.asOf, carry: [] }));
  const width = process.stdout.columns;
  return [
    words.head(kept), words.again(percent(repeat.rate), percent(repeat.low), percent(repeat.high), percent(repeat.repeatOrderShare)), '',
    named(kept.rates, language).toString({ rows: kept.rates.numRows, ...(width === undefined ? {} : { width }) }), '', named(kept.curve, language).toString({ rows: 60 }), ...diagnosticsLines(kept.diagnostics), ...written, '',
  ].join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const WORDS = {
  en: { title: 'Who comes back', rates: 'Retention by cohort', curve: 'All cohorts together', repeat: 'Repeat purchase rate', conversion: 'From one order to the next', gaps: 'Days between purchases', rungs: 'The loyalty ladder',
    head: ({ meta }: Retention) => `${meta.customers} customers as of ${meta.asOf} (${meta.asOfSource === 'given' ? 'given; from' : 'last order in'} ${meta.source}), ${meta.kind} retention by ${meta.period}`,
    again: (rate: string, low: string, high: string, orders: string) => `${rate} bought again (${low} to ${high}); ${orders} of orders are repeat orders`,
    about: (day: string, source: string) => `As of ${day}, from ${source}`, found: (rate: string, orders: string) => `${rate} of customers bought again; ${orders} of orders are repeat orders.` },
  zh: { title: '谁会再来', rates: '各期新客的留存率', curve: '全部合计', repeat: '重复购买率', conversion: '逐次购买转化率', gaps: '购买间隔（天）', rungs: '忠诚阶梯',
    head: (kept: Retention) => kept.toString().split('\n', 1)[0]!,
    again: (rate: string, low: string, high: string, orders: string) => `${rate} 的客户再次购买（${low} 至 ${high}）；${orders} 的订单为重复购买`,
    about: (day: string, source: string) => `截至 ${day}，数据来自 ${source}`, found: (rate: string, orders: string) => `${rate} 的客户再次购买；${orders} 的订单为重复购买。` },
} as const;

/** The page: heatmap, curves, stages over time, and the tables behind them. */
async function retentionPage(orders: Transactions, kept: Retention, language: 'en' | 'zh'): Promise<string> {
  const words = WORDS[language];
  const { asOf, source, period } = kept.meta;
  const customers = summarize(orders, { asOf, carry: [] });
  const repeat = repeatRate(customers);
  const history = stageHistory(orders, { of: 'ladder', every: period === 'week' ? 'month' : period, rules: { asOf, labels: language } });
  return resultsPage({
    title: words.title, about: words.about(asOf, source), findings: [words.found(percent(repeat.rate), percent(repeat.repeatOrderShare))],
    charts: [charts.retentionHeatmap(kept, { language }), charts.retentionCurves(kept, { language }), charts.stageShares(history, { language }), charts.stageFlow(history, { language })],
    tables: [
      headed(words.rates, kept.rates, language, 60), headed(words.curve, kept.curve, language), headed(words.repeat, repeat.table.select(repeat.table.names.filter((name) => name !== 'overall')), language), headed(words.conversion, purchaseConversion(customers).table, language),
      headed(words.gaps, interpurchase(orders, { asOf }).pooled, language), headed(words.rungs, ladder(orders, { asOf, labels: language }).rungs.select(['label', 'customers', 'share']), language),
    ],
    remarks: diagnosticsLines(kept.diagnostics),
  }, { language });
}

/** What the columns of the page are called; columns named by an offset keep their number. */
const HEADINGS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  cohort: ['First purchase', '首次购买'], size: ['Customers', '客户数'], running: ['Period not over', '未结束的期'], offset: ['Periods since', '之后第几期'], active: ['Bought', '购买客户数'], rate: ['Share', '占比'], revenueRate: ['Money kept', '金额留存率'],
  group: ['Group', '分组'], customers: ['Customers', '客户数'], repeatCustomers: ['Bought again', '再次购买客户数'], low: ['From (95 %)', '下限（95 %）'], high: ['To (95 %)', '上限（95 %）'], orders: ['Orders', '订单数'],
  ordersPerCustomer: ['Orders per customer', '人均订单数'], repeatOrderShare: ['Share of repeat orders', '重复订单占比'], order: ['Order', '第几单'], next: ['With the next', '有下一单的客户数'], gaps: ['Gaps', '间隔数'], mean: ['Mean', '均值'],
  sd: ['Standard deviation', '标准差'], median: ['Median', '中位数'], p80: ['80 % at most', '80 % 分位'], p90: ['90 % at most', '90 % 分位'], customerMean: ["Mean of customers' means", '客户均值的均值'], label: ['Rung', '阶梯'], share: ['Share', '占比'],
};
/** A table as it is printed: keys in English, headings in Chinese. */
function named(table: Table, language: 'en' | 'zh'): Table {
  return language === 'en' ? table : new Table([...table.entries()].map(([name, column]) => [heading(name, language), column]));
}

function heading(name: string, language: 'en' | 'zh'): string {
  return Object.hasOwn(HEADINGS, name) ? HEADINGS[name]![language === 'zh' ? 1 : 0] : name;
}

const SHARES: readonly string[] = ['rate', 'revenueRate', 'low', 'high', 'repeatOrderShare', 'share'];

function headed(title: string, table: Table, language: 'en' | 'zh', rows?: number): PageTable {
  const columns = table.names.map((name) => {
    const { type } = table.column(name);
    const offset = /^\d+$/.test(name);
    const format = offset || SHARES.includes(name) ? 'percent' as const : type === 'integer' ? 'count' as const : type === 'number' ? 'number' as const : 'text' as const;
    return { name, title: heading(name, language), format };
  });
  return { title, table, columns, ...(rows === undefined ? {} : { rows }) };
}
