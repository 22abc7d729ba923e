import { diagnosticsLines, valueText } from '../core/index.js';
import { cellOf, columnLength, Table, type Column } from '../columns/index.js';
import { asOfLine, measureLabel } from '../transactions/index.js';
import { screen as screening, screeningSensitivity, type Criterion, type Screening, type ScreenOptions } from '../decisions/index.js';
import { readCustomers } from './customers.js';
import { given, list, number, readCommandLine, text, UsageError, type Flag } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, checkReport, onlyFile, writePage, writeTable } from './output.js';
import { screenPage } from './pages.js';
import { print } from './pipes.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';
import { checkLanguage, SUMMARIZING_FLAGS } from './score.js';

const SCREEN_FLAGS: readonly Flag[] = [
  { name: 'criteria', takes: 'C:high|low[:WEIGHT],…', help: 'columns to judge by: monetary, frequency, recency, tenure, gapMean … or a carried one (required)' },
  { name: 'method', takes: 'weighted|topsis', help: 'how criteria become one score (weighted)' },
  { name: 'normalization', takes: 'WORD', help: 'min-max, z, rank, robust or vector, for all criteria (min-max; vector with topsis)' },
  { name: 'missing', takes: 'WORD', help: 'gaps: refuse, worst, median or skip (refuse); missing words of the file go by --missing-words' },
  { name: 'top', takes: 'SHARE', help: 'share of customers selected (0.2)' },
  { name: 'sensitivity', help: 'also print how much the selection hangs on the weights' },
  { name: 'labels', takes: 'en|zh', help: 'language (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'selected', help: 'write only the selected customers' },
  { name: 'out', takes: 'FILE', help: 'write score, rank and tier per customer: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write tiers, the selected and what hangs on the weights as a page (.html)' },
  { name: 'quiet', help: 'print nothing but errors' },
];

// --missing is a rule of screening here; the words that stand for a gap keep a flag of their own.
const READING: readonly Flag[] = READING_FLAGS.map((flag) => (flag.name === 'missing' ? { ...flag, name: 'missing-words' } : flag));

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING },
  { title: 'Customers', flags: SUMMARIZING_FLAGS },
  { title: 'Screening', flags: SCREEN_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele screen`: the customers of an order log judged by several criteria, ranked and put into tiers. */
export const screen: Command = {
  name: 'screen',
  summary: 'judge customers by several weighted criteria, select the top, put them into tiers',
  usage: 'screen ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] --criteria C:high:W,… [flags]',
  groups,
  examples: [
    'clientele screen orders.csv --customer id --date day --amount total --criteria monetary:high:0.5,frequency:high:0.3,recency:low:0.2 --out tiers.csv --report screen.html',
    'clientele screen orders.csv --customer id --date day --amount total --carry debt --criteria monetary:high:0.7,debt:low:0.3 --missing worst --selected --out top.csv',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const file = onlyFile(positionals);
  const [out, page] = [text(flags, 'out'), text(flags, 'report')];
  checkOut(out);
  checkReport(page, out);
  const labels = checkLanguage(text(flags, 'labels'));
  const criteria = readCriteria(list(flags, 'criteria'), text(flags, 'normalization'), text(flags, 'missing'));
  const { customers, said } = await readCustomers(file, { ...flags, missing: flags['missing-words'] }, signal);

  const source = withNumbers(customers, criteria.map(({ column }) => column));
  const options = given<ScreenOptions>({ method: text(flags, 'method') as ScreenOptions['method'], top: number(flags, 'top') });
  const answer = screening(source, criteria, { ...options, labels });
  const sensitivity = flags['sensitivity'] === true || page !== undefined ? screeningSensitivity(source, criteria, options) : undefined;
  const remarks = diagnosticsLines({ ...customers.diagnostics, warnings: [...customers.diagnostics.warnings, ...answer.diagnostics.warnings] });
  const chosen = flags['selected'] === true ? answer.table.where((i) => answer.table.cell('selected', i) === true) : answer.table;
  const written = out === undefined ? [] : [await writeTable(chosen, out, 'customers', labels, signal)];
  if (page !== undefined && sensitivity !== undefined) written.push(await writePage(screenPage(answer, sensitivity, customers.meta, labels, remarks), page, labels, signal));
  if (flags['quiet'] === true) return;
  const printed = flags['sensitivity'] === true && sensitivity !== undefined ? ['', sensitivity.toString()] : [];
  await print([asOfLine(customers.meta, customers.numRows, labels), ...terminalText(answer, labels), ...printed, ...remarks, ...said, ...written, ''].join('\n'), out === '-' ? process.stderr : process.stdout);
}

function terminalText({ criteria, tiers, table }: Screening, language: 'en' | 'zh'): string[] {
  const used = criteria.map(({ column, direction, weight }) => {
    const part = Number(weight.toFixed(4));
    return language === 'zh' ? `${measureLabel(column, language)}（${direction === 'high' ? '越高越好' : '越低越好'}，权重 ${part}）` : `${column} (${direction}, ${part})`;
  }).join(language === 'zh' ? '，' : ', ');
  return [used, '', tiers.toString(), '', table.sortBy('rank').toString({ rows: 10 })];
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
