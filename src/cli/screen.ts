import { diagnosticsLines, valueText } from '../core/index.js';
import { cellOf, columnLength, Table, type Column } from '../columns/index.js';
import { asOfLine, type SummarizeOptions } from '../transactions/index.js';
import { summarizeCsv } from '../node.js';
import { screen as screening, screeningSensitivity, type Criterion, type ScreenOptions } from '../decisions/index.js';
import { given, list, number, readCommandLine, text, UsageError, type Flag } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, onlyFile, writeTable } from './output.js';
import { print } from './pipes.js';
import { terminalProgress } from './progress.js';
import { COLUMN_FLAGS, readMapping, readOptions, READING_FLAGS } from './reading.js';

const SCREEN_FLAGS: readonly Flag[] = [
  { name: 'criteria', takes: 'C:high|low[:WEIGHT],…', help: 'columns to judge by: monetary, frequency, recency, tenure, gapMean … or a carried one (required)' },
  { name: 'method', takes: 'weighted|topsis', help: 'how criteria become one score (weighted)' },
  { name: 'normalization', takes: 'WORD', help: 'min-max, z, rank or robust, for all criteria (min-max)' },
  { name: 'missing', takes: 'WORD', help: 'gaps: refuse, worst, median or skip (refuse); missing words of the file go by --missing-words' },
  { name: 'top', takes: 'SHARE', help: 'share of customers selected (0.2)' },
  { name: 'sensitivity', help: 'also print how much the selection hangs on the weights' },
  { name: 'as-of', takes: 'DAY', help: 'day the answer stands for, YYYY-MM-DD, inclusive (the last date of the log)' },
  { name: 'from', takes: 'DAY', help: 'first day of the window (the whole log)' },
  { name: 'labels', takes: 'en|zh', help: 'language (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'selected', help: 'write only the selected customers' },
  { name: 'out', takes: 'FILE', help: 'write score, rank and tier per customer: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'quiet', help: 'print nothing but errors' },
];

// --missing is a rule of screening here; the words that stand for a gap keep a flag of their own.
const READING: readonly Flag[] = READING_FLAGS.map((flag) => (flag.name === 'missing' ? { ...flag, name: 'missing-words' } : flag));

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING },
  { title: 'Screening', flags: SCREEN_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele screen`: the customers of an order log judged by several criteria, ranked and put into tiers. */
export const screen: Command = {
  name: 'screen',
  summary: 'judge customers by several weighted criteria, select the top, put them into tiers',
  usage: 'screen ORDERS.csv|- --customer COLUMN --date COLUMN --amount COLUMN --criteria C:high:W,… [flags]',
  groups,
  examples: [
    'clientele screen orders.csv --customer id --date day --amount total --criteria monetary:high:0.5,frequency:high:0.3,recency:low:0.2 --out tiers.csv',
    'clientele screen orders.csv --customer id --date day --amount total --carry debt --criteria monetary:high:0.7,debt:low:0.3 --missing worst --selected --out top.csv',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const file = onlyFile(positionals);
  const out = text(flags, 'out');
  checkOut(out);
  const criteria = readCriteria(list(flags, 'criteria'), text(flags, 'normalization'), text(flags, 'missing'));
  const quiet = flags['quiet'] === true;
  const progress = terminalProgress(quiet);
  const customers = await summarizeCsv(file === '-' ? process.stdin : file, readMapping(flags), {
    ...readOptions({ ...flags, missing: flags['missing-words'] }),
    ...given<SummarizeOptions>({ asOf: text(flags, 'as-of'), from: text(flags, 'from') }),
    ...(file === '-' ? { source: 'standard input' } : {}),
    signal,
    onProgress: ({ bytes, totalBytes }) => progress.update('reading', bytes, totalBytes),
  }).finally(progress.clear);

  const source = withNumbers(customers, criteria.map(({ column }) => column));
  const options = given<ScreenOptions>({ method: text(flags, 'method') as ScreenOptions['method'], top: number(flags, 'top'), labels: text(flags, 'labels') as ScreenOptions['labels'] });
  const answer = screening(source, criteria, options);
  const chosen = flags['selected'] === true ? answer.table.where((i) => answer.table.cell('selected', i) === true) : answer.table;
  const written = out === undefined ? [] : [await writeTable(chosen, out, 'customers', signal)];
  if (quiet) return;
  const { method, top } = options;
  const lines = [
    asOfLine(customers.meta, customers.numRows),
    answer.criteria.map(({ column, direction, weight }) => `${column} (${direction}, ${Number(weight.toFixed(4))})`).join(', '), '',
    answer.tiers.toString(), '', answer.table.sortBy('rank').toString({ rows: 10 }),
    ...(flags['sensitivity'] === true ? ['', screeningSensitivity(source, criteria, given({ method, top })).toString()] : []),
    ...diagnosticsLines({ ...customers.diagnostics, warnings: [...customers.diagnostics.warnings, ...answer.diagnostics.warnings] }),
    ...written, '',
  ];
  await print(lines.join('\n'), out === '-' ? process.stderr : process.stdout);
}

function readCriteria(parts: readonly string[] | undefined, normalization: string | undefined, missing: string | undefined): Criterion[] {
  if (parts === undefined || parts.length === 0) throw new UsageError('say what to judge by: --criteria monetary:high:0.7,recency:low:0.3.');
  return parts.map((part) => {
    const match = /^(.+?):(high|low)(?::([^:]+))?$/.exec(part);
    const weight = match?.[3] === undefined ? undefined : Number(match[3]);
    if (match === null || (weight !== undefined && !(weight >= 0))) throw new UsageError(`--criteria ${valueText(part)}: write COLUMN:high or COLUMN:low, with a weight behind where wanted: monetary:high:0.7.`);
    return given<Criterion>({ column: match[1]!, direction: match[2] as 'high' | 'low', weight, normalization: normalization as Criterion['normalization'], missing: missing as Criterion['missing'] });
  });
}

/** Carried columns come as text: those judged by are read as numbers. */
function withNumbers(customers: Table, names: readonly string[]): Table {
  return new Table([...customers.entries()].map(([name, column]): [string, Column] => [name, names.includes(name) && (column.type === 'text' || column.type === 'category') ? parsed(name, column) : column]));
}

function parsed(name: string, column: Column): Column {
  return {
    type: 'number',
    data: Float64Array.from({ length: columnLength(column) }, (_, i) => {
      const cell = cellOf(column, i);
      if (cell === null || cell === '') return NaN;
      const value = Number(cell);
      if (Number.isNaN(value)) throw new UsageError(`--criteria ${name}: ${valueText(cell)} is no number.`);
      return value;
    }),
  };
}
