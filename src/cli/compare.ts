import { dayOfText, valueText } from '../core/index.js';
import { asOfLine, summarize, type Transactions } from '../transactions/index.js';
import { readCsv, writeReport } from '../node.js';
import { migration, rfm, scoreRfm, type RfmResult } from '../rfm/index.js';
import { list, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { checkOut, checkReport, wroteLine } from './output.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';
import { readingOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';
import { checkLanguage, rfmOptions, SCORING_FLAGS, SUMMARIZING_FLAGS, summarizeOptions, writeScores } from './score.js';

const COMPARING_FLAGS: readonly Flag[] = [
  { name: 'as-of', takes: 'DAY,DAY', help: 'two days of one log, the earlier first; of two logs, the day each stands for (the last date of each)' },
  { name: 'limits', takes: 'earlier|own', help: 'score both by the limits learned from the earlier, or each by its own (earlier)' },
];
const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'out', takes: 'FILE', help: 'write who moved, one row per customer: .csv, .json, .ndjson, or -' },
  { name: 'report', takes: 'FILE', help: 'write a page for people (.html)' },
  { name: 'bom', help: 'begin the CSV with a byte order mark, for spreadsheets' },
  { name: 'formula-unsafe', help: 'do not quote text cells that a spreadsheet would run as formulas' },
  { name: 'quiet', help: 'print nothing but errors' },
];
const groups: Command['groups'] = [
  { title: 'Dates', flags: COMPARING_FLAGS },
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Customers', flags: SUMMARIZING_FLAGS.filter(({ name }) => name !== 'as-of') },
  { title: 'Scoring', flags: SCORING_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele compare`: who moved between segments from one date to another. */
export const compare: Command = {
  name: 'compare',
  summary: 'say who moved between segments from one date to another',
  usage: 'compare EARLIER.csv LATER.csv [flags], or compare ORDERS.csv --as-of DAY,DAY [flags]',
  groups,
  examples: ['clientele compare january.csv february.csv --out moves.csv', 'clientele compare orders.csv --as-of 2025-12-31,2026-01-31 --report report.html'],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const days = checkDays(list(flags, 'as-of'), positionals);
  const limits = text(flags, 'limits') ?? 'earlier';
  if (limits !== 'earlier' && limits !== 'own') throw new UsageError(`--limits ${valueText(limits)}: use earlier or own.`);
  const [out, page] = [text(flags, 'out'), text(flags, 'report')];
  checkOut(out);
  checkReport(page, out);
  const language = checkLanguage(text(flags, 'labels'));

  const logs: Transactions[] = [];
  const said: string[] = [];
  for (const file of positionals) {
    const reading = await readingOf(file, flags);
    logs.push(await readCsv(reading.source, reading.mapping, { ...reading.options, signal }));
    said.push(...reading.said);
  }
  const results = score(logs, days, flags, language, limits);
  const moved = migration(results[0], results[1], { labels: language });
  if (out !== undefined) said.push(await writeScores(moved.customers, out, flags, language, signal));
  if (page !== undefined) {
    await writeReport(results[1], page, { before: results[0], language, signal });
    said.push(wroteLine(page, language));
  }
  if (flags['quiet'] === true) return;
  const lines = results.map((result) => (result.meta === undefined ? '' : asOfLine(result.meta, result.table.numRows, language)));
  await print([...lines, moved.toString(), ...said, ''].join('\n'), out === '-' ? process.stderr : process.stdout);
}

/** The day of each side; undefined is the last date of its log. */
function checkDays(days: readonly string[] | undefined, files: readonly string[]): readonly [string | undefined, string | undefined] {
  if (files.length === 0 || files.length > 2 || files.includes('-')) throw new UsageError('name two order logs, the earlier first; or one, with --as-of DAY,DAY.');
  if (days !== undefined && (days.length !== 2 || days.some((day) => dayOfText(day.slice(0, 10)) === undefined))) throw new UsageError('--as-of takes two days here, the earlier first: --as-of 2025-12-31,2026-01-31.');
  if (days === undefined && files.length === 1) throw new UsageError('to compare a log with itself, give two days: --as-of 2025-12-31,2026-01-31.');
  if (days !== undefined && days[0]! > days[1]!) throw new UsageError(`--as-of ${days.join(',')}: give the earlier day first.`);
  return [days?.[0], days?.[1]];
}

function score(logs: readonly Transactions[], days: readonly [string | undefined, string | undefined], flags: FlagValues, language: 'en' | 'zh', limits: 'earlier' | 'own'): [RfmResult, RfmResult] {
  const common = summarizeOptions({ ...flags, 'as-of': undefined });
  const [earlier, later] = days.map((asOf, i) => summarize(logs[i] ?? logs[0]!, { ...common, ...(asOf === undefined ? {} : { asOf }) }));
  const options = rfmOptions(flags, language);
  const before = rfm(earlier!, options);
  return [before, limits === 'own' ? rfm(later!, options) : scoreRfm(before.model, later!, { labels: language })];
}
