import { checkKeys, checkWhole, cleanDiagnostics, optionInvalid, seededRandom, type Random } from '../core/index.js';
import { dayOption, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import { CHANNELS, PRODUCTS, simulate } from './example-log.js';
import { EXAMPLE_NAMES, exampleName, LATIN_NAMES } from './example-names.js';
import { makeTransactions, type Role, type Transactions } from './transactions.js';

/** How large an example log is, and which of them. */
export interface ExampleOptions {
  /** number of customers, 1 to 10,000,000; every one of them buys at least once. 20,000 by default. */
  readonly customers?: number;
  /** the same seed gives the same log, 0 to 2^32 - 1; 1 by default */
  readonly seed?: number;
  /** first day, '2024-01-01' by default */
  readonly from?: string;
  /** last day, inclusive, '2025-12-31' by default */
  readonly to?: string;
}

const CHINESE = 0.3;      // share of names in Chinese script

/**
 * An invented order log of a shop for coffee and tea, to try things on: no data of real people.
 *
 * The default has 20,000 customers and about 200,000 orders over 2024 and 2025, sorted by date. Its law, by which an
 * analysis can be checked:
 *
 * - Customers join with density falling over time (day = days × U^1.6, in season-weighted time); ids `C000001` … count
 *   them in that order. One in four never buys again.
 * - The others buy as a Poisson process whose rate is gamma distributed (shape 1.1, mean one order in 21 days), until
 *   they leave, after an exponential time (mean 420 days), unseen: the Pareto/NBD story, with one rate of leaving for all.
 * - Time runs with the season: demand by month is 0.75 (July, August) to 1.5 (November) times the average.
 * - A basket is log-normal around the customer's own level (medians around 42, sigma 0.55 between and 0.45 within
 *   customers), independent of the rate, in whole cents, at least 1 cent.
 * - 3 % of orders come back 3 to 30 days later, if the log lasts so long: a row below 0 with the order's id, product and
 *   channel, of the whole amount or (one in three) a part of it.
 * - Each customer has a favourite product and channel, bought and used half of the time.
 *
 * @param options size and seed
 * @returns roles customer, date, amount, order, product, channel; carried category, name (Latin or Chinese script), email
 *   (on example.com). Same options, same bits.
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * const customers = summarize(exampleOrders({ customers: 1000, seed: 7 }));
 *
 * Method: Schmittlein, Morrison & Colombo (1987) for purchases and leaving. O(orders).
 */
export function exampleOrders(options: ExampleOptions = {}): Transactions {
  checkKeys('exampleOrders', options, ['customers', 'seed', 'from', 'to']);
  const { customers = 20000, seed = 1, from = '2024-01-01', to = '2025-12-31' } = options;
  checkWhole('exampleOrders', 'customers', customers, 1, 10_000_000);
  checkWhole('exampleOrders', 'seed', seed, 0, 0xffffffff);
  const first = dayOption('exampleOrders', 'from', from);
  const last = dayOption('exampleOrders', 'to', to);
  if (last < first) throw optionInvalid('exampleOrders', 'to', to, `Give a day not before ${from}.`);

  const random = seededRandom(seed);
  const log = simulate(random, customers, first, last);
  const order = rowsByDay(log.day, first, last);
  const gather = (source: readonly number[]): Int32Array => order.map((row) => source[row]!);
  const who = gather(log.customer);
  const product = gather(log.product);
  const amount = new Float64Array(order.length);
  for (let k = 0; k < amount.length; k++) amount[k] = log.cents[order[k]!]! / 100;

  const roles: [Role, Column][] = [
    ['customer', { type: 'category', data: who, values: Array.from({ length: customers }, (_, c) => `C${String(c + 1).padStart(6, '0')}`) }],
    ['date', { type: 'date', data: gather(log.day) }],
    ['amount', { type: 'number', data: amount }],
    ['order', orderIds(order, log.origin)],
    ['product', { type: 'category', data: product, values: PRODUCTS.map(([name]) => name) }],
    ['channel', { type: 'category', data: gather(log.channel), values: CHANNELS.map(([name]) => name) }],
  ];
  return makeTransactions({
    where: 'exampleOrders',
    roles: new Map(roles),
    carried: new Map<string, Column>([['category', productCategories(product)], ...people(random, customers, who)]),
    meta: { resolution: 'day', source: 'example orders' },
    diagnostics: cleanDiagnostics(order.length),
  });
}

/** Row numbers by day, rows of one day in the order they were made: a counting sort. */
function rowsByDay(days: readonly number[], first: number, last: number): Int32Array {
  const starts = new Int32Array(last - first + 2);
  for (const day of days) starts[day - first + 1]!++;
  for (let d = 1; d < starts.length; d++) starts[d]! += starts[d - 1]!;
  const order = new Int32Array(days.length);
  for (let row = 0; row < days.length; row++) order[starts[days[row]! - first]!++] = row;
  return order;
}

/** Ids `O0000001` … in order of date; a return has the id of the order it gives back, which always stands before it. */
function orderIds(order: Int32Array, origin: readonly number[]): TextColumn {
  const width = 1 + Math.max(7, String(order.length).length);
  const data = new Uint8Array(order.length * width);
  const numbers = new Int32Array(order.length);
  let orders = 0;
  for (let k = 0; k < order.length; k++) {
    const row = order[k]!;
    let rest = (numbers[row] = origin[row] === -1 ? ++orders : numbers[origin[row]!]!);
    data[k * width] = 79;
    for (let at = (k + 1) * width - 1; at > k * width; at--) {
      data[at] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }
  return { type: 'text', data, offsets: new Int32Array(order.length + 1).map((_, k) => k * width) };
}

function productCategories(product: Int32Array): CategoryColumn {
  const values = [...new Set(PRODUCTS.map(([, category]) => category))];
  const codes = PRODUCTS.map(([, category]) => values.indexOf(category));
  return { type: 'category', data: product.map((p) => codes[p]!), values };
}

/** Name and e-mail of each customer, on each of their rows; two customers may share a name, not an address. */
function people(random: Random, customers: number, who: Int32Array): [string, Column][] {
  const seen = new Map<number, number>();
  const names: string[] = [];
  const emails: string[] = [];
  const codes = Int32Array.from({ length: customers }, (_, c) => {
    const chinese = random.uniform() < CHINESE;
    const drawn = chinese ? LATIN_NAMES + random.below(EXAMPLE_NAMES - LATIN_NAMES) : random.below(LATIN_NAMES);
    const { name, address } = exampleName(drawn);
    emails.push(`${address}.${c + 1}@example.com`);
    if (!seen.has(drawn)) seen.set(drawn, names.push(name) - 1);
    return seen.get(drawn)!;
  });
  return [['name', { type: 'category', data: who.map((c) => codes[c]!), values: names }], ['email', { type: 'category', data: who, values: emails }]];
}
