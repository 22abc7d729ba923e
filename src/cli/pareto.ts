import { diagnosticsLines } from '../core/index.js';
import type { Table } from '../columns/index.js';
import { asOfLine } from '../transactions/index.js';
import { abc, pareto as concentration, topCustomers, type AbcOptions, type AbcResult, type ParetoOptions, type ParetoResult } from '../pareto/index.js';
import { readCustomers } from './customers.js';
import { given, list, number, numbers, readCommandLine, text, UsageError, type Flag } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, checkReport, onlyFile, writePage, writeTable } from './output.js';
import { paretoPage } from './pages.js';
import { print } from './pipes.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';
import { checkLanguage, SUMMARIZING_FLAGS } from './score.js';

const PARETO_FLAGS: readonly Flag[] = [
  { name: 'shares', takes: 'A,B,…', help: 'shares of customers whose part is asked for (0.01,0.05,0.1,0.2,0.25,0.5)' },
  { name: 'needed', takes: 'A,B,…', help: 'shares of the money whose customers are asked for (0.5,0.8,0.9,0.95)' },
  { name: 'limits', takes: 'A,B', help: 'cumulated shares where classes A and B end (0.8,0.95)' },
  { name: 'crossing', takes: 'better|worse', help: 'class of the customer who crosses a limit (better)' },
  { name: 'ties', takes: 'split|together', help: 'equal customers at a class border (split)' },
  { name: 'negative', takes: 'keep|zero|refuse', help: 'customers below 0 (keep)' },
  { name: 'top', takes: 'N', help: 'list the best customers by name (10)' },
  { name: 'labels', takes: 'en|zh', help: 'language (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'class', takes: 'A,…', help: 'write only customers of these classes' },
  { name: 'out', takes: 'FILE', help: 'write rank, share and class per customer: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write curves, classes and the best customers as a page (.html)' },
  { name: 'quiet', help: 'print nothing but errors' },
];

const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Customers', flags: SUMMARIZING_FLAGS },
  { title: 'Concentration', flags: PARETO_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele pareto`: how concentrated the revenue of an order log is, and the class of each customer. */
export const pareto: Command = {
  name: 'pareto',
  summary: 'what the top 20 % of customers bring, ABC classes, the best by name',
  usage: 'pareto ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] [flags]',
  groups,
  examples: [
    'clientele pareto orders.csv --customer customer_id --date order_date --amount revenue --out classes.csv --report pareto.html',
    'clientele pareto orders.csv --customer id --date day --amount total --limits 0.7,0.9 --class A --out best.csv',
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
  const { customers, said } = await readCustomers(file, flags, signal);

  const answer = concentration(customers, given<ParetoOptions>({ shares: numbers(flags, 'shares'), needed: numbers(flags, 'needed'), negative: text(flags, 'negative') as ParetoOptions['negative'], labels }));
  const classes = abc(customers, given<AbcOptions>({ limits: numbers(flags, 'limits'), crossing: text(flags, 'crossing') as AbcOptions['crossing'], ties: text(flags, 'ties') as AbcOptions['ties'], labels }));
  const best = topCustomers(customers, given({ count: number(flags, 'top') }));
  const remarks = diagnosticsLines({ ...answer.diagnostics, warnings: [...answer.diagnostics.warnings, ...classes.diagnostics.warnings.filter((w) => w.code === 'TIES_SPLIT')] });
  const written = out === undefined ? [] : [await writeTable(chosen(classes.table, list(flags, 'class')), out, 'customers', labels, signal)];
  if (page !== undefined) written.push(await writePage(paretoPage(answer, classes, best, customers.meta, labels, remarks), page, labels, signal));
  if (flags['quiet'] === true) return;
  await print([asOfLine(customers.meta, answer.customers, labels), ...terminalText(answer, classes, best, labels), ...remarks, ...said, ...written, ''].join('\n'), out === '-' ? process.stderr : process.stdout);
}

function terminalText({ sentence, shares, indices: i }: ParetoResult, { classes }: AbcResult, best: Table, language: 'en' | 'zh'): string[] {
  const [gini, hhi, equal, hoover, theil] = [i.gini.toFixed(4), i.hhi.toFixed(6), i.effectiveNumber.toFixed(1), i.hoover.toFixed(4), i.theil.toFixed(4)];
  return [
    sentence, '', shares.toString(), '', classes.toString(), '',
    language === 'zh' ? `基尼系数 ${gini}，HHI ${hhi}（等效客户数 ${equal}），胡佛指数 ${hoover}，泰尔指数 ${theil}` : `Gini ${gini}, HHI ${hhi} (as ${equal} equal customers), Hoover ${hoover}, Theil ${theil}`, '',
    best.select(['rank', 'customer', 'monetary', 'share', 'cumulatedShare']).toString({ rows: best.numRows }),
  ];
}

function chosen(table: Table, classes: readonly string[] | undefined): Table {
  if (classes === undefined) return table;
  const column = table.column('class');
  if (column.type !== 'category') return table;
  const unknown = classes.find((name) => !column.values.includes(name));
  if (unknown !== undefined) throw new UsageError(`--class ${unknown}: there is no such class. Classes: ${column.values.join(', ')}.`);
  const wanted = new Set(classes.map((name) => column.values.indexOf(name)));
  return table.where((i) => wanted.has(column.data[i]!));
}
