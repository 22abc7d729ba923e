import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { ClienteleError, isClienteleError, valueText } from '../core/index.js';
import { categoryColumn, table, textColumn, type Table } from '../columns/index.js';
import { readCsv, writeAtomic } from '../node.js';
import { warningsPage } from '../report/index.js';
import { asOfLine } from '../transactions/index.js';
import { alertLine, alerts, digestLine, emptyAlertState, loadAlertState, SEVERITIES, STANDARD_RULES, warnings, type Alert, type Alerts, type AlertState, type WarningRule, type WarningsOptions, type WarningsResult } from '../warnings/index.js';
import { given, list, number, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { checkOut, checkReport, writeTable, wroteLine } from './output.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';
import { readingOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';
import { checkLanguage } from './score.js';

const WARNING_FLAGS: readonly Flag[] = [
  { name: 'as-of', takes: 'DAY', help: 'day the warnings stand for, YYYY-MM-DD, inclusive (the last date of the log)' },
  { name: 'rules', takes: 'NAME,…', help: 'overdue, frequency-drop, spend-drop, ewma, cusum, shewhart (the first three)' },
  { name: 'k', takes: 'N', help: 'multiple of the usual gap from which silence is a warning (2)' },
  { name: 'severity', takes: 'WORD', help: 'least severity listed: watch, warn or critical (watch)' },
  { name: 'labels', takes: 'en|zh', help: 'language of what is printed and of the report (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'top', takes: 'N', help: 'findings or alerts printed (20)' },
  { name: 'out', takes: 'FILE', help: 'write the whole list: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write a page for people (.html)' },
  { name: 'state', takes: 'FILE', help: 'keep what was told before in this .json file, and print only what is new, worse, cleared or due again; --out and --report still hold the whole list' },
  { name: 'alerts', takes: 'FILE', help: 'with --state: write what is new, worse, cleared or due again: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'quiet', help: 'print nothing but errors' },
];

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Warnings', flags: WARNING_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele warn`: an order log in, customers who slip away out, worst first. */
export const warn: Command = {
  name: 'warn',
  summary: 'list the customers who slip away, worst first (CSV)',
  usage: 'warn ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] [flags]',
  groups,
  examples: [
    'clientele warn orders.csv --customer customer_id --date order_date --amount revenue --out warnings.csv --report warnings.html',
    'clientele warn orders.csv --customer id --date day --amount total --as-of 2026-01-31 --severity warn --state alerts.json',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? 'name the order log: a CSV file, or - for standard input.' : 'one order log at a time.');
  const file = positionals[0]!;
  const out = text(flags, 'out');
  checkOut(out);
  const stateFile = text(flags, 'state');
  if (stateFile !== undefined && extname(stateFile).toLowerCase() !== '.json') throw new UsageError(`--state ${valueText(stateFile)}: name a .json file.`);
  const page = text(flags, 'report');
  checkReport(page, out);
  const news = text(flags, 'alerts');
  checkNews(news, out, stateFile);
  const language = checkLanguage(text(flags, 'labels'));
  if (out !== undefined && out !== '-' && out === stateFile) throw new UsageError('--out and --state name the same file.');
  const top = number(flags, 'top') ?? 20;
  if (!Number.isInteger(top) || top < 0) throw new UsageError('--top takes a whole number.');
  const state = stateFile === undefined ? undefined : readState(stateFile);
  const options = warningOptions(flags);

  const reading = await readingOf(file, flags);
  const orders = await readCsv(reading.source, reading.mapping, { ...reading.options, signal });
  // Alerts look at all severities; the list only at those asked for.
  const all = warnings(orders, { ...options, from: 'info' });
  const least = SEVERITIES.indexOf(options.from ?? 'watch');
  const severity = all.table.column('severity').data;
  const listed = all.table.where((i) => (severity[i] as number) >= least);
  const told = state === undefined ? undefined : alerts(state, all.table, { asOf: all.meta.asOf, labels: language });

  const written = out === undefined ? [] : [await writeTable(listed, out, 'warnings', language, signal)];
  if (news !== undefined && told !== undefined) written.push(await writeTable(alertTable(told), news, 'alerts', language, signal));
  if (page !== undefined) {
    const content = warningsPage({ ...all, table: listed }, { language, ...(told === undefined ? {} : { alerts: told }) });
    await writeAtomic(page, [new TextEncoder().encode(content)], { where: 'warn', signal });
    written.push(wroteLine(page, language));
  }
  // Last, so that a run that failed before tells its alerts again.
  if (told !== undefined && stateFile !== undefined && !told.repeated) {
    await writeAtomic(stateFile, [new TextEncoder().encode(`${JSON.stringify(told.state, null, 1)}\n`)], { where: 'warn', signal });
    written.push(wroteLine(stateFile, language));
  }
  if (flags['quiet'] !== true) await print(answer(all, listed, told, { top, language }, [...reading.said, ...written]), out === '-' || news === '-' ? process.stderr : process.stdout);
}

function checkNews(news: string | undefined, out: string | undefined, state: string | undefined): void {
  if (news === undefined) return;
  if (state === undefined) throw new UsageError('--alerts goes with --state FILE, which keeps what was told before.');
  checkOut(news, 'alerts');
  if (news === out || news === state) throw new UsageError(`--alerts and --${news === out ? 'out' : 'state'} name the same file.`);
}

function warningOptions(flags: FlagValues): WarningsOptions {
  const k = number(flags, 'k');
  const severity = text(flags, 'severity');
  if (severity !== undefined && !['watch', 'warn', 'critical'].includes(severity)) throw new UsageError(`--severity ${valueText(severity)}: use watch, warn or critical.`);
  const names = list(flags, 'rules');
  const chosen = names === undefined ? STANDARD_RULES : names.map((rule) => ({ rule }) as WarningRule);
  if (k !== undefined && !chosen.some(({ rule }) => rule === 'overdue')) throw new UsageError('--k goes with the rule overdue.');
  return given<WarningsOptions>({
    asOf: text(flags, 'as-of'), from: severity as WarningsOptions['from'], labels: text(flags, 'labels') as WarningsOptions['labels'], money: undefined,
    rules: chosen.map((rule) => (rule.rule === 'overdue' && k !== undefined ? { ...rule, k } : rule)),
  });
}

/** The state of the last run; a file that is damaged or from a newer version is refused and left as it is. */
function readState(file: string): AlertState {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return emptyAlertState();
    throw new ClienteleError('FILE_UNREADABLE', { where: 'warn', file }, `--state ${valueText(file)} cannot be read (${(e as NodeJS.ErrnoException).code ?? 'error'}).`, 'Name a file that may be read, or one that is not there yet.', e);
  }
  try {
    return loadAlertState(JSON.parse(content));
  } catch (e) {
    if (isClienteleError(e)) throw e;
    throw new ClienteleError('FILE_UNREADABLE', { where: 'warn', file }, `--state ${valueText(file)} is damaged: no JSON (${(e as Error).message}).`, 'Restore it, or remove it to begin anew.', e);
  }
}

/** What the alerts told, one row each, in their order. */
function alertTable({ alerts: told }: Alerts): Table {
  const numbers = (of: (alert: Alert) => number | null): Float64Array => Float64Array.from(told, (alert) => of(alert) ?? NaN);
  return table({
    alert: categoryColumn(told.map(({ kind }) => kind)), severity: categoryColumn(told.map(({ rank }) => SEVERITIES[rank]!)), customer: textColumn(told.map(({ customer }) => customer)),
    rule: categoryColumn(told.map(({ rule }) => rule)), reason: textColumn(told.map(({ reason }) => reason)),
    value: numbers(({ value }) => value), limit: numbers(({ limit }) => limit), base: numbers(({ base }) => base), moneyAtStake: numbers(({ moneyAtStake }) => moneyAtStake),
  });
}

/** The whole list, or with a state only what is new. */
function answer(all: WarningsResult, listed: Table, told: Alerts | undefined, { top, language }: { top: number; language: 'en' | 'zh' }, written: readonly string[]): string {
  const remarks = all.diagnostics.warnings.map((w) => `${w.code}: ${w.message}`);
  const found = told === undefined ? foundLines(all, listed, top) : newsLines(told, top, language);
  return [asOfLine(all.meta, all.meta.customers, language), '', ...found, ...remarks, ...written, ''].join('\n');
}

function foundLines({ rules }: WarningsResult, listed: Table, top: number): string[] {
  const width = process.stdout.columns;
  const shown = (found: Table, rows: number): string => found.toString({ rows, ...(width === undefined ? {} : { width }) });
  const brief = listed.select(['customer', 'label', 'severity', 'reason', 'moneyAtStake']);
  return [...(top === 0 ? [] : [shown(brief, top), '']), shown(rules, Math.max(1, rules.numRows))];
}

function newsLines(told: Alerts, top: number, language: 'en' | 'zh'): string[] {
  const zh = language === 'zh';
  const again = !told.repeated ? '' : zh ? '（当日已运行过，重复告知）' : ' (this day was run before; told again)';
  const more = told.alerts.length - Math.min(top, told.alerts.length);
  return [
    `${zh ? '预警' : 'alerts'}${again}${zh ? '：' : ': '}${digestLine(told.digest, language)}`,
    ...told.alerts.slice(0, top).map((alert) => `  ${alertLine(alert, language)}`),
    ...(more === 0 ? [] : [zh ? `  … 另有 ${more} 条` : `  … ${more} more`]),
  ];
}
