import { extname } from 'node:path';
import { diagnosticsLines, valueText } from '../core/index.js';
import { escapeHtml } from '../columns/index.js';
import { asOfLine, type SummarizeOptions } from '../transactions/index.js';
import { kmeansParallel, summarizeCsv, writeAtomic, writeCsv, writeJson, writeNdjson } from '../node.js';
import { chooseK, type ChosenK, type KmeansFit, type KmeansOptions } from '../segmentation/index.js';
import { given, list, number, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';
import { terminalProgress } from './progress.js';
import { COLUMN_FLAGS, readMapping, readOptions, READING_FLAGS } from './reading.js';

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
  { name: 'report', takes: 'FILE', help: 'write what the segments are like as a page (.html)' },
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
  usage: 'segment ORDERS.csv|- --customer COLUMN --date COLUMN --amount COLUMN [flags]',
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
  checkTargets(out, page);
  const quiet = flags['quiet'] === true;
  const progress = terminalProgress(quiet);
  const threads = number(flags, 'threads');

  const customers = await summarizeCsv(file === '-' ? process.stdin : file, readMapping(flags), {
    ...readOptions(flags),
    ...given<SummarizeOptions>({ asOf: text(flags, 'as-of'), from: text(flags, 'from'), returns: text(flags, 'returns') as SummarizeOptions['returns'] } as { [K in keyof SummarizeOptions]: SummarizeOptions[K] | undefined }),
    ...(file === '-' ? { source: 'standard input' } : {}),
    ...(threads === undefined ? {} : { threads }),
    signal,
    onProgress: ({ bytes, totalBytes }) => progress.update('reading', bytes, totalBytes),
  }).finally(progress.clear);
  const options = clusterOptions(flags);
  const chosen = chosenK(text(flags, 'k') ?? 'auto', () => chooseK(customers, options));
  const found = await kmeansParallel(customers, { ...options, k: typeof chosen === 'number' ? chosen : chosen.k, signal, ...(threads === undefined ? {} : { threads }) });

  const written = out === undefined ? [] : [await writeSegments(found, out, signal)];
  if (page !== undefined) {
    await writeAtomic(page, [new TextEncoder().encode(pageOf(found, chosen, text(flags, 'labels') ?? 'en'))], { where: 'segment', signal });
    written.push(`wrote ${page}`);
  }
  if (quiet) return;
  const lines = [asOfLine(customers.meta, customers.numRows), '', ...(typeof chosen === 'number' ? [] : [chosen.recommendation, '']), shownProfiles(found), ...diagnosticsLines(found.diagnostics), ...written, ''];
  await print(lines.join('\n'), out === '-' ? process.stderr : process.stdout);
}

/** Refused before the long work begins. */
function checkTargets(out: string | undefined, page: string | undefined): void {
  if (out !== undefined && out !== '-' && !['.csv', '.json', '.ndjson'].includes(extname(out).toLowerCase())) throw new UsageError(`--out ${valueText(out)}: the ending says the format; use .csv, .json or .ndjson, or - for CSV on standard output.`);
  if (page !== undefined && extname(page).toLowerCase() !== '.html') throw new UsageError(`--report ${valueText(page)}: name an .html file.`);
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

async function writeSegments({ table }: KmeansFit, out: string, signal: AbortSignal): Promise<string> {
  if (extname(out).toLowerCase() === '.json') await writeJson(table, out, { signal });
  else if (extname(out).toLowerCase() === '.ndjson') await writeNdjson(table, out, { signal });
  else await writeCsv(table, out === '-' ? process.stdout : out, { signal });
  return `wrote ${table.numRows} customers to ${out === '-' ? 'standard output' : out}`;
}

function pageOf(found: KmeansFit, chosen: number | ChosenK, language: string): string {
  const title = language === 'zh' ? '数据中发现的客户分群' : 'Segments found in the data';
  const why = typeof chosen === 'number' ? '' : `<p>${escapeHtml(chosen.recommendation)}</p>${chosen.table.toHTML()}`;
  const style = 'body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:80rem}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.25rem .6rem;border-bottom:1px solid #ddd}';
  return `<!doctype html><html lang="${language === 'zh' ? 'zh' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><h1>${title}</h1>${found.toHTML()}${why}</html>\n`;
}
