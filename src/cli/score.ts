import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { diagnosticsLines, isClienteleError, valueText } from '../core/index.js';
import type { Table } from '../columns/index.js';
import { asOfLine, type Customers, type SummarizeOptions } from '../transactions/index.js';
import { summarizeCsv, writeCsv, writeCsvParallel, writeJson, writeNdjson, writeReport } from '../node.js';
import { rfm, type RfmOptions, type RfmResult } from '../rfm/index.js';
import { given, list, number, numbers, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { checkOut, checkReport, wroteLine } from './output.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';
import { terminalProgress } from './progress.js';
import { readingOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';

export const SUMMARIZING_FLAGS: readonly Flag[] = [
  { name: 'as-of', takes: 'DAY', help: 'day the scores stand for, YYYY-MM-DD, inclusive (the last date of the log)' },
  { name: 'from', takes: 'DAY', help: 'first day of the window (the whole log)' },
  { name: 'returns', takes: 'net|exclude', help: 'amounts below 0 reduce the money, or are left out (net)' },
  { name: 'zero-orders', takes: 'keep|drop', help: 'whether amounts of 0 are purchases (keep)' },
  { name: 'frequency', takes: 'orders|days', help: 'what frequency counts (orders)' },
  { name: 'monetary', takes: 'total|mean', help: 'money in all, or per order (total)' },
  { name: 'roster', takes: 'FILE', help: 'ids of customers to list even without a purchase, one a line' },
];

export const SCORING_FLAGS: readonly Flag[] = [
  { name: 'bins', takes: 'N|R,F,M', help: 'scores per measure, 2 to 20 (5)' },
  { name: 'method', takes: 'WORD|R,F,M', help: 'quantile, r-rfm, qcut-drop, rank-first, ntile, percent-rank, cume-dist, nested, equal-width, natural-breaks (quantile)' },
  { name: 'cuts-recency', takes: 'A,B,…', help: 'own cut points in days, instead of a method' },
  { name: 'cuts-frequency', takes: 'A,B,…', help: 'own cut points in orders' },
  { name: 'cuts-monetary', takes: 'A,B,…', help: 'own cut points in money' },
  { name: 'closed', takes: 'right|left', help: 'which score a value equal to an own cut gets (right: the lower group)' },
  { name: 'map', takes: 'NAME|FILE', help: 'standard, rf10, intervals, intervals-02, thirds27, octants, or a .json file (standard)' },
  { name: 'octants-at', takes: 'WORD', help: 'with --map octants: mean, median or mean-score (mean)' },
  { name: 'inclusive', help: 'with --map octants: a value equal to the cut counts as high' },
  { name: 'dimensions', takes: 'K=COL:high|low,…', help: 'more measures: a letter, a column and its better end, e.g. l=span:high' },
  { name: 'weights', takes: 'R,F,M', help: 'add a weighted score; weights sum to 1' },
  { name: 'why', help: 'add the rule and limits that put each customer there' },
  { name: 'labels', takes: 'en|zh', help: 'language of labels and report (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'segment', takes: 'KEY,…', help: 'write only customers of these segments' },
  { name: 'out', takes: 'FILE', help: 'write the scores: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write a page for people (.html)' },
  { name: 'bom', help: 'begin the CSV with a byte order mark, for spreadsheets' },
  { name: 'formula-unsafe', help: 'do not quote text cells that a spreadsheet would run as formulas' },
  { name: 'threads', takes: 'N', help: 'threads to read and write with (one per core for large files)' },
  { name: 'quiet', help: 'print nothing but errors' },
];

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Customers', flags: SUMMARIZING_FLAGS },
  { title: 'Scoring', flags: SCORING_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele score`: an order log in, scored and segmented customers out. */
export const score: Command = {
  name: 'score',
  summary: 'score and segment the customers of an order log (CSV)',
  usage: 'score ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] [flags]',
  groups,
  examples: [
    'clientele score orders.csv',
    'clientele score orders.csv --customer customer_id --date order_date --amount revenue --out scores.csv --report report.html',
    'clientele score orders.csv --customer id --date day --amount total --as-of 2026-01-01 --bins 4,3,10',
    'clientele score orders.csv --customer id --date day --amount total --segment at_risk --carry name,email --out call-list.csv',
    'gunzip -c orders.csv.gz | clientele score - --customer id --date day --amount total --out - --quiet > scores.csv',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const file = onlyFile(positionals);
  const out = text(flags, 'out');
  const page = text(flags, 'report');
  checkTargets(out, page);
  const language = checkLanguage(text(flags, 'labels'));
  const quiet = flags['quiet'] === true;
  const progress = terminalProgress(quiet);

  const threads = number(flags, 'threads');
  const reading = await readingOf(file, flags);
  const customers = await summarizeCsv(reading.source, reading.mapping, {
    ...reading.options,
    ...summarizeOptions(flags),
    ...(threads === undefined ? {} : { threads }),
    signal,
    onProgress: ({ bytes, totalBytes }) => progress.update('reading', bytes, totalBytes),
  }).finally(progress.clear);
  const scored = rfm(customers, rfmOptions(flags, language));
  const table = chosenSegments(scored, list(flags, 'segment'));

  const written = out === undefined ? [] : [await writeScores(table, out, flags, language, signal)];
  if (page !== undefined) {
    await writeReport(scored, page, { language, signal });
    written.push(wroteLine(page, language));
  }
  if (!quiet) await print(answer(customers, scored, [...reading.said, ...written], language), out === '-' ? process.stderr : process.stdout);
}

function onlyFile(positionals: readonly string[]): string {
  if (positionals.length === 1) return positionals[0]!;
  throw new UsageError(positionals.length === 0 ? 'name the order log: a CSV file, or - for standard input.' : `one order log at a time, not ${positionals.length} (${positionals.map((p) => valueText(p)).join(', ')}).`);
}

/** Refused before the long work begins. */
function checkTargets(out: string | undefined, page: string | undefined): void {
  checkOut(out);
  checkReport(page, out);
  if (out !== undefined && out === page) throw new UsageError('--out and --report name the same file.');
}

export function checkLanguage(labels: string | undefined): 'en' | 'zh' {
  if (labels === undefined || labels === 'en' || labels === 'zh') return labels ?? 'en';
  throw new UsageError(`--labels ${valueText(labels)}: use en or zh.`);
}

export function summarizeOptions(flags: FlagValues): SummarizeOptions {
  const roster = text(flags, 'roster');
  return given<SummarizeOptions>({
    asOf: text(flags, 'as-of'),
    from: text(flags, 'from'),
    returns: text(flags, 'returns') as SummarizeOptions['returns'],
    zeroOrders: text(flags, 'zero-orders') as SummarizeOptions['zeroOrders'],
    frequency: text(flags, 'frequency') as SummarizeOptions['frequency'],
    monetary: text(flags, 'monetary') as SummarizeOptions['monetary'],
    roster: roster === undefined ? undefined : readIds(roster),
  });
}

function readIds(file: string): string[] {
  return readText(file, 'roster').replace(/^\ufeff/, '').split(/\r\n|\r|\n/).filter((line) => line !== '');
}

function readText(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    throw new UsageError(`--${flag} ${valueText(file)} cannot be read (${(e as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
}

export function rfmOptions(flags: FlagValues, language: 'en' | 'zh'): RfmOptions {
  const bins = numbers(flags, 'bins');
  const weights = numbers(flags, 'weights');
  if (bins !== undefined && bins.length !== 1 && bins.length !== 3) throw new UsageError('--bins takes one number, or three: R,F,M.');
  if (weights !== undefined && weights.length !== 3) throw new UsageError('--weights takes three numbers: R,F,M.');
  return given<RfmOptions>({
    bins: (bins?.length === 1 ? bins[0] : bins) as RfmOptions['bins'],
    method: methodOption(flags),
    map: mapOption(flags),
    labels: language,
    weights: weights as RfmOptions['weights'],
    dimensions: dimensionsOption(flags) as RfmOptions['dimensions'],
    why: flags['why'] === true ? true : undefined,
  });
}

const MEASURES = ['recency', 'frequency', 'monetary'] as const;

function methodOption(flags: FlagValues): RfmOptions['method'] | undefined {
  const words = list(flags, 'method') ?? [];
  if (words.length > 1 && words.length !== 3) throw new UsageError('--method takes one word, or three: R,F,M.');
  const closed = text(flags, 'closed');
  const cuts = MEASURES.map((measure) => numbers(flags, `cuts-${measure}`));
  if (closed !== undefined && cuts.every((c) => c === undefined)) throw new UsageError('--closed goes with --cuts-recency, --cuts-frequency or --cuts-monetary.');
  if (words.length < 2 && cuts.every((c) => c === undefined)) return words[0] as RfmOptions['method'];
  return Object.fromEntries(MEASURES.map((measure, i) => [
    measure,
    cuts[i] === undefined ? words[i] ?? words[0] ?? 'quantile' : { cuts: cuts[i], ...(closed === undefined ? {} : { closed }) },
  ])) as RfmOptions['method'];
}

function mapOption(flags: FlagValues): RfmOptions['map'] | undefined {
  const map = text(flags, 'map');
  const at = text(flags, 'octants-at');
  const inclusive = flags['inclusive'] === true;
  if ((at !== undefined || inclusive) && map !== 'octants') throw new UsageError('--octants-at and --inclusive go with --map octants.');
  if (map === undefined) return undefined;
  if (map === 'octants' && (at !== undefined || inclusive)) return { octants: { ...(at === undefined ? {} : { at }), inclusive } } as RfmOptions['map'];
  if (extname(map).toLowerCase() !== '.json') return map as RfmOptions['map'];
  try {
    return JSON.parse(readText(map, 'map')) as RfmOptions['map'];
  } catch (e) {
    if (e instanceof UsageError || isClienteleError(e)) throw e;
    throw new UsageError(`--map ${valueText(map)} is no JSON (${(e as Error).message}).`);
  }
}

function dimensionsOption(flags: FlagValues): Record<string, { column: string; best: string }> | undefined {
  const parts = list(flags, 'dimensions');
  if (parts === undefined) return undefined;
  return Object.fromEntries(parts.map((part) => {
    const match = /^([^=]+)=(.+):(high|low)$/.exec(part);
    if (match === null) throw new UsageError(`--dimensions ${valueText(part)}: write KEY=COLUMN:high or KEY=COLUMN:low, e.g. l=span:high.`);
    return [match[1]!, { column: match[2]!, best: match[3]! }];
  }));
}

function chosenSegments(scored: RfmResult, keys: readonly string[] | undefined): Table {
  if (keys === undefined) return scored.table;
  const known = scored.segments.toColumns()['segment'] as string[];
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown !== undefined) throw new UsageError(`--segment ${valueText(unknown)}: there is no such segment here. Segments: ${known.join(', ')}.`);
  const segment = scored.table.column('segment');
  if (segment.type !== 'category') return scored.table;
  const wanted = new Set(keys.map((key) => segment.values.indexOf(key)));
  return scored.table.where((i) => wanted.has(segment.data[i]!));
}

export async function writeScores(table: Table, out: string, flags: FlagValues, language: 'en' | 'zh', signal: AbortSignal): Promise<string> {
  let quoted = 0;
  if (extname(out).toLowerCase() === '.json') await writeJson(table, out, { signal });
  else if (extname(out).toLowerCase() === '.ndjson') await writeNdjson(table, out, { signal });
  else {
    const format = { bom: flags['bom'] === true, formulaSafe: flags['formula-unsafe'] !== true, signal };
    const threads = number(flags, 'threads');
    const report = out === '-' ? await writeCsv(table, process.stdout, format) : await writeCsvParallel(table, out, { ...format, ...(threads === undefined ? {} : { threads }) });
    quoted = report.formulaPrefixed;
  }
  return wroteLine(out, language, { rows: table.numRows, kind: 'customers', quoted });
}

function answer(customers: Customers, scored: RfmResult, written: readonly string[], language: 'en' | 'zh'): string {
  const width = process.stdout.columns;
  const shown = scored.segments.select(scored.segments.names.filter((name) => name !== 'action'));
  return [
    asOfLine(customers.meta, customers.numRows, language),
    '',
    shown.toString(width === undefined ? {} : { width }),
    ...diagnosticsLines(scored.diagnostics),
    ...written,
    '',
  ].join('\n');
}
