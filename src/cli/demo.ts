import { exampleOrders } from '../transactions/index.js';
import { Table } from '../columns/index.js';
import { writeCsv } from '../node.js';
import { number, readCommandLine, text, UsageError } from './flags.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';

const groups: Command['groups'] = [{
  title: 'Flags',
  flags: [
    { name: 'out', takes: 'FILE', help: 'where to write it, or - for standard output (orders.csv)' },
    { name: 'customers', takes: 'N', help: 'how many customers (20000)' },
    { name: 'seed', takes: 'N', help: 'the same seed gives the same log (1)' },
    { name: 'quiet', help: 'print nothing but errors' },
  ],
}];

/** Names of the example log's columns, as a shop would have them. */
const HEADER: Readonly<Record<string, string>> = { customer: 'customer_id', date: 'order_date', amount: 'revenue', order: 'order_id' };

/** `clientele demo`: write an example order log. */
export const demo: Command = {
  name: 'demo',
  summary: 'write an example order log to try things on',
  usage: 'demo [flags]',
  groups,
  examples: ['clientele demo', 'clientele demo --customers 500 --seed 7 --out small.csv'],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  if (positionals.length > 0) throw new UsageError(`demo takes no file but --out, not ${positionals.join(' ')}.`);
  const out = text(flags, 'out') ?? 'orders.csv';
  const customers = number(flags, 'customers');
  const seed = number(flags, 'seed');
  const orders = exampleOrders({ ...(customers === undefined ? {} : { customers }), ...(seed === undefined ? {} : { seed }) });
  const renamed = new Table([...orders.entries()].map(([name, column]) => [HEADER[name] ?? name, column] as const));
  await writeCsv(renamed, out === '-' ? process.stdout : out, { signal });
  if (flags['quiet'] === true) return;
  const lines = `wrote ${orders.numRows} orders to ${out === '-' ? 'standard output' : out}\n`;
  const next = out === '-' ? '' : `next: clientele score ${out} --customer customer_id --date order_date --amount revenue --order order_id --out scores.csv --report report.html\n`;
  await print(lines + next, out === '-' ? process.stderr : process.stdout);
}
