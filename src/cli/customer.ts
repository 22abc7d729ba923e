import { diagnosticsLines, isClienteleError } from '../core/index.js';
import { asOfLine, summarize, type Customers } from '../transactions/index.js';
import { readCsv, writeReport } from '../node.js';
import { abc } from '../pareto/index.js';
import { clv, fitGammaGamma, fitMbgNbd, type LifetimeValues } from '../clv/index.js';
import { customerView } from '../identity/index.js';
import { rfm } from '../rfm/index.js';
import { warnings } from '../warnings/index.js';
import { given, number, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, checkReport, writeTable, wroteLine } from './output.js';
import { print } from './pipes.js';
import { readingOf } from './proposal.js';
import { COLUMN_FLAGS, READING_FLAGS } from './reading.js';
import { checkLanguage, rfmOptions, SCORING_FLAGS, SUMMARIZING_FLAGS, summarizeOptions } from './score.js';

const VALUE_FLAGS: readonly Flag[] = [
  { name: 'years', takes: 'N', help: 'how far the value looks ahead (1)' },
  { name: 'margin', takes: 'SHARE', help: 'share of revenue that is kept (1: the value is revenue)' },
  { name: 'discount', takes: 'RATE', help: 'yearly discount rate (0.1)' },
];
const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'out', takes: 'FILE', help: 'write the facts, a row each: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'report', takes: 'FILE', help: 'write a page for people (.html) that begins with this customer' },
  { name: 'quiet', help: 'print nothing but errors' },
];
const groups: Command['groups'] = [
  { title: 'Columns', flags: COLUMN_FLAGS },
  { title: 'Reading', flags: READING_FLAGS },
  { title: 'Customers', flags: SUMMARIZING_FLAGS },
  { title: 'Scoring', flags: SCORING_FLAGS },
  { title: 'Value', flags: VALUE_FLAGS },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele customer`: all that an order log tells of one customer. */
export const customer: Command = {
  name: 'customer',
  summary: 'print one customer: scores, value to come, class, warnings',
  usage: 'customer ID ORDERS.csv|- [--customer COLUMN --date COLUMN --amount COLUMN] [flags]',
  groups,
  examples: ['clientele customer C000077 orders.csv', 'clientele customer C000077 orders.csv --as-of 2026-01-01 --margin 0.3 --report customer.html'],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  if (positionals.length !== 2) throw new UsageError('name the customer and the order log: clientele customer C17 orders.csv.');
  const [id, file] = positionals as [string, string];
  const [out, page] = [text(flags, 'out'), text(flags, 'report')];
  checkOut(out);
  checkReport(page, out);
  const labels = checkLanguage(text(flags, 'labels'));

  const reading = await readingOf(file, flags);
  const orders = await readCsv(reading.source, reading.mapping, { ...reading.options, signal });
  const customers = summarize(orders, summarizeOptions(flags));
  const scored = rfm(customers, rfmOptions(flags, labels));
  const value = valueOf(customers, flags);
  const found = warnings(orders, given({ asOf: text(flags, 'as-of'), labels }));
  const view = customerView(id, {
    rfm: scored, abc: abc(customers, { labels }), warnings: found.table, ...(value instanceof Error ? {} : { clv: value }),
  }, { labels });

  const written = out === undefined ? [] : [await writeTable(view.facts, out, 'facts', labels, signal)];
  if (page !== undefined) {
    await writeReport(scored, page, { language: labels, view, signal });
    written.push(wroteLine(page, labels));
  }
  if (flags['quiet'] === true) return;
  const lines = [
    asOfLine(customers.meta, customers.numRows, labels), '', view.toString(), '',
    ...(value instanceof Error ? [`${labels === 'zh' ? '无法估计未来价值：' : 'no value to come: '}${value.message}`] : []),
    ...diagnosticsLines(customers.diagnostics), ...reading.said, ...written, '',
  ];
  await print(lines.join('\n'), out === '-' ? process.stderr : process.stdout);
}

/** Value to come, or why these customers are too few or too much alike for the models. */
function valueOf(customers: Customers, flags: FlagValues): LifetimeValues | Error {
  const [years, margin, discount] = [number(flags, 'years') ?? 1, number(flags, 'margin') ?? 1, number(flags, 'discount') ?? 0.1];
  try {
    return clv(customers, { purchases: fitMbgNbd(customers), spend: fitGammaGamma(customers), horizon: { years }, discountRateYearly: discount, margin });
  } catch (e) {
    // What the flags say wrong is a mistake; what the data lack is an answer.
    if (isClienteleError(e) && e.code === 'VALUE_INVALID') return e;
    throw e;
  }
}
