import { extname } from 'node:path';
import { diagnosticsLines, valueText } from '../core/index.js';
import { asOfLine, type SummarizeOptions } from '../transactions/index.js';
import { kmeansParallel, summarizeCsv, writeAtomic, writeClusterReport, writeCsv, writeJson, writeNdjson } from '../node.js';
import { chooseK, silhouette, treeRules, type ChosenK, type KmeansFit, type KmeansOptions, type TreeRules } from '../segmentation/index.js';
import { given, list, number, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { checkOut, checkReport, wroteLine } from './output.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';
import { terminalProgress } from './progress.js';
import { checkLanguage } from './score.js';
import { readingOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';

const CUSTOMER_FLAGS: readonly Flag[] = [
  { name: 'as-of', takes: 'DAY', help: 'last day of the log that counts, YYYY-MM-DD (the last date of the log)' },
  { name: 'from', takes: 'DAY', help: 'first day of the window (the whole log)' },
  { name: 'returns', takes: 'net|exclude', help: 'amounts below 0 reduce the money, or are left out (net)' },
];

const CLUSTER_FLAGS: readonly Flag[] = [
  { name: 'k', takes: 'N|auto', help: 'how many segments; auto compares 2 to 8 and says why (auto)' },
  { name: 'features', takes: 'COLUMN,…', help: 'measures of a customer: recency, frequency, monetary, tenure, span … (the first three)' },
  { name: 'scale', takes: 'WORD', help: 'log-zscore, zscore, zscore-sample, minmax, robust, quantile, none (log-zscore)' },
  { name: 'algorithm', takes: 'WORD', help: 'auto, lloyd, hamerly, hartigan-wong, mini-batch (auto)' },
  { name: 'starts', takes: 'N', help: 'how many times to begin anew, keeping the best (10)' },
  { name: 'seed', takes: 'N', help: 'the same seed gives the same segments (1)' },
  { name: 'labels', takes: 'en|zh', help: 'language of labels (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'out', takes: 'FILE', help: 'write customers with their segments: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write a page for people: profiles, charts, rules (.html)' },
  { name: 'rules', takes: 'FILE', help: 'write rules that say who is in which segment, for a CRM (.json)' },
  { name: 'threads', takes: 'N', help: 'threads to work with (one per core where it pays)' },
  { name: 'quiet', help: 'print nothing but errors' },
];

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Customers', flags: CUSTOMER_FLAGS },
  { title: 'Segments', flags: CLUSTER_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele segment`: an order log in, segments found in the data out. */
export const segment: Command = {
  name: 'segment',
  summary: 'find segments in the customers of an order log (CSV) by k-means',
  usage: 'segment ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] [flags]',
  groups,
  examples: [
    'clientele segment orders.csv --customer customer_id --date order_date --amount revenue --k auto --out segments.csv --report segments.html',
    'clientele segment orders.csv --customer id --date day --amount total --k 5 --features recency,frequency,monetary,tenure --scale robust',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  if (positionals.length !== 1) throw new UsageError('name one order log: a CSV file, or - for standard input.');
  const file = positionals[0]!;
  const out = text(flags, 'out');
  const page = text(flags, 'report');
  const rulesFile = text(flags, 'rules');
  checkTargets(out, page, rulesFile);
  const language = checkLanguage(text(flags, 'labels'));
  const quiet = flags['quiet'] === true;
  const progress = terminalProgress(quiet);
  const threads = number(flags, 'threads');

  const { source, mapping, options: readOptions, said } = await readingOf(file, flags);
  const customers = await summarizeCsv(source, mapping, {
    ...readOptions,
    ...given<SummarizeOptions>({ asOf: text(flags, 'as-of'), from: text(flags, 'from'), returns: text(flags, 'returns') as SummarizeOptions['returns'] } as { [K in keyof SummarizeOptions]: SummarizeOptions[K] | undefined }),
    ...(threads === undefined ? {} : { threads }),
    signal,
    onProgress: ({ bytes, totalBytes }) => progress.update('reading', bytes, totalBytes),
  }).finally(progress.clear);
  const options = clusterOptions(flags);
  const chosen = chosenK(text(flags, 'k') ?? 'auto', () => chooseK(customers, options));
  const found = await kmeansParallel(customers, { ...options, k: typeof chosen === 'number' ? chosen : chosen.k, signal, ...(threads === undefined ? {} : { threads }) });

  const rules = treeRules(customers, found, { labels: language });

  const written = out === undefined ? [] : [await writeSegments(found, out, language, signal)];
  if (page !== undefined) {
    await writeClusterReport(found, page, { language, rules, silhouette: silhouette(customers, found, { exactUpTo: 5000 }), ...(typeof chosen === 'number' ? {} : { chosen }), signal });
    written.push(wroteLine(page, language));
  }
  if (rulesFile !== undefined) {
    await writeAtomic(rulesFile, [new TextEncoder().encode(`${JSON.stringify(rules.model, null, 2)}\n`)], { where: 'segment', signal });
    written.push(wroteLine(rulesFile, language, { rows: rules.rules.length, kind: 'rules' }));
  }
  if (quiet) return;
  const lines = [asOfLine(customers.meta, customers.numRows, language), '', ...(typeof chosen === 'number' ? [] : [chosen.recommendation, '']), shownProfiles(found), '', shownRules(rules, language), ...diagnosticsLines(found.diagnostics), ...said, ...written, ''];
  await print(lines.join('\n'), out === '-' ? process.stderr : process.stdout);
}

/** Refused before the long work begins. */
function checkTargets(out: string | undefined, page: string | undefined, rules: string | undefined): void {
  checkOut(out);
  checkReport(page, out);
  if (rules !== undefined && extname(rules).toLowerCase() !== '.json') throw new UsageError(`--rules ${valueText(rules)}: name a .json file.`);
}

function clusterOptions(flags: FlagValues): Omit<KmeansOptions, 'k' | 'initialCenters' | 'centersIn' | 'onProgress'> {
  return given({
    features: list(flags, 'features'), scale: text(flags, 'scale') as 'zscore' | undefined, algorithm: text(flags, 'algorithm') as 'auto' | undefined,
    starts: number(flags, 'starts'), seed: number(flags, 'seed'), labels: text(flags, 'labels') as 'en' | undefined,
  });
}

function chosenK(word: string, choose: () => ChosenK): number | ChosenK {
  if (word === 'auto') return choose();
  const k = Number(word);
  if (!Number.isInteger(k)) throw new UsageError(`--k ${valueText(word)}: give a whole number, or auto.`);
  return k;
}

function shownProfiles({ profiles }: KmeansFit): string {
  const shown = profiles.select(profiles.names.filter((name) => !/^segment$|Least$|Most$|Median$/.test(name)));
  const width = process.stdout.columns;
  return shown.toString(width === undefined ? {} : { width });
}

/** Rules in full, not cut to the width of a table: they are there to be read. */
function shownRules({ rules, accuracy }: TreeRules, language: 'en' | 'zh'): string {
  const share = `${(100 * accuracy).toFixed(1)} %`;
  const head = language === 'zh' ? `以下规则使 ${share} 的客户落入其原有分群：` : `Rules that put ${share} of the customers into their own segment:`;
  return [head, ...rules.map(({ label, text, customers }) => `  ${label[language]}: ${text[language]} (${customers})`)].join('\n');
}

async function writeSegments({ table }: KmeansFit, out: string, language: 'en' | 'zh', signal: AbortSignal): Promise<string> {
  if (extname(out).toLowerCase() === '.json') await writeJson(table, out, { signal });
  else if (extname(out).toLowerCase() === '.ndjson') await writeNdjson(table, out, { signal });
  else await writeCsv(table, out === '-' ? process.stdout : out, { signal });
  return wroteLine(out, language, { rows: table.numRows, kind: 'customers' });
}
