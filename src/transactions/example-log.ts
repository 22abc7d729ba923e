import { civilDate, type Random } from '../core/index.js';

/** Demand by month, January first; 1 on average. */
const SEASON: readonly number[] = [0.85, 0.85, 0.95, 0.95, 1, 0.9, 0.75, 0.75, 1, 1.1, 1.5, 1.4];
/** What the shop sells, and how much of it. */
export const PRODUCTS: readonly (readonly [product: string, category: string, weight: number])[] = [
  ['espresso beans', 'coffee', 14], ['filter coffee', 'coffee', 11], ['decaf', 'coffee', 4], ['cold brew', 'coffee', 5],
  ['green tea', 'tea', 9], ['black tea', 'tea', 8], ['oolong', 'tea', 4], ['herbal tea', 'tea', 6],
  ['dark chocolate', 'sweets', 8], ['biscuits', 'sweets', 7], ['honey', 'sweets', 4],
  ['mug', 'kitchen', 6], ['teapot', 'kitchen', 3], ['grinder', 'kitchen', 3], ['kettle', 'kitchen', 2],
  ['gift box', 'gifts', 4], ['voucher', 'gifts', 2],
];
export const CHANNELS: readonly (readonly [channel: string, weight: number])[] = [['web', 50], ['app', 30], ['store', 20]];

const ONE_TIME = 0.25;          // customers who never come back, whatever happens
const RATE_SHAPE = 1.1;         // gamma shape of purchase rates: small = very unequal customers
const RATE_MEAN = 1 / 21;       // purchases per day of average season
const LIFE_MEAN = 420;          // days of average season until a customer leaves
const RETURNED = 0.03;          // share of orders that come back, whole or in part

/** The log in the order it is made, customer by customer: one entry per row in each array. */
export interface Simulated {
  readonly customer: number[];
  readonly day: number[];
  readonly cents: number[];
  readonly product: number[];
  readonly channel: number[];
  /** the row that a return gives back; -1 for an order */
  readonly origin: number[];
}

/**
 * Draw joinings, purchases and returns by the law that `exampleOrders` states.
 *
 * @param random taken from, customer by customer
 * @param first day number of the first day
 * @param last day number of the last, inclusive
 */
export function simulate(random: Random, customers: number, first: number, last: number): Simulated {
  const log: Simulated = { customer: [], day: [], cents: [], product: [], channel: [], origin: [] };
  const season = seasonSums(first, last);
  const end = season[season.length - 1]!;
  const products = cumulated(PRODUCTS.map(([, , weight]) => weight));
  const channels = cumulated(CHANNELS.map(([, weight]) => weight));
  const joined = Float64Array.from({ length: customers }, () => end * Math.pow(random.uniform(), 1.6)).sort();
  for (let c = 0; c < customers; c++) {
    const oneTime = random.uniform() < ONE_TIME;
    const rate = (random.gamma(RATE_SHAPE) / RATE_SHAPE) * RATE_MEAN;
    const until = oneTime ? 0 : Math.min(end, joined[c]! + random.exponential() * LIFE_MEAN);
    const level = 42 * Math.exp(0.55 * random.normal());
    const favourite = [pick(random, products), pick(random, channels)] as const;
    let time = joined[c]!;
    do {
      const day = first + indexBelow(season, time);
      const cents = Math.max(1, Math.round(100 * level * Math.exp(0.45 * random.normal())));
      const product = random.uniform() < 0.5 ? favourite[0] : pick(random, products);
      const channel = random.uniform() < 0.5 ? favourite[1] : pick(random, channels);
      add(log, c, day, cents, product, channel, -1);
      if (random.uniform() < RETURNED) {
        const back = day + 3 + random.below(28);
        const part = random.below(3) === 0 ? 0.2 + 0.6 * random.uniform() : 1;
        if (back <= last) add(log, c, back, -Math.max(1, Math.round(cents * part)), product, channel, log.day.length - 1);
      }
      time += random.exponential() / rate;
    } while (time < until);
  }
  return log;
}

function add(log: Simulated, customer: number, day: number, cents: number, product: number, channel: number, origin: number): void {
  log.customer.push(customer);
  log.day.push(day);
  log.cents.push(cents);
  log.product.push(product);
  log.channel.push(channel);
  log.origin.push(origin);
}

/** Season-weighted time at the start of each day, and at the end of the last: time in which demand is even. */
function seasonSums(first: number, last: number): Float64Array {
  const sums = new Float64Array(last - first + 2);
  for (let d = 0; d <= last - first; d++) sums[d + 1] = sums[d]! + SEASON[civilDate(first + d)[1] - 1]!;
  return sums;
}

/** The last index i with sums[i] <= x, for ascending sums and sums[0] <= x < sums[n - 1]. O(log n). */
function indexBelow(sums: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sums[middle]! <= x) low = middle;
    else high = middle;
  }
  return low;
}

function cumulated(weights: readonly number[]): number[] {
  const sums = [0];
  for (const weight of weights) sums.push(sums[sums.length - 1]! + weight);
  return sums;
}

function pick(random: Random, sums: readonly number[]): number {
  return indexBelow(sums, random.uniform() * sums[sums.length - 1]!);
}
