// Orders made from a seed, the same rows as a CSV file or as columns in memory.
//
// Shape: `rows` orders of exactly `customers` customers. Every customer buys at least once (one row in rows / customers
// goes round all of them, in scattered order); the other rows fall on customer number customers × u², u even in 0 … 1,
// so that a tenth of the customers make about a third of the orders. Ids are text of 14 bytes, 'C' and 13 hexadecimal
// digits without an order, or whole numbers 1 … customers, scattered as well. Days are even over the 730 from
// 2024-01-01 on and in no order. Amounts are whole cents, 0.01 + 100 × u³, written with two decimals (mean 25); no
// returns, no missing values, no quotes. A row is 32 bytes.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Which orders: their number, how many customers they come from, and how those are called. */
export interface OrderLog {
  readonly rows: number;
  readonly customers: number;
  readonly ids: 'text' | 'int';
}

/** The same orders as columns, made of plain or of shared memory. */
export interface OrderColumns {
  readonly customer: { readonly type: 'text'; readonly data: Uint8Array; readonly offsets: Int32Array } | { readonly type: 'integer'; readonly data: Int32Array };
  readonly date: { readonly type: 'date'; readonly data: Int32Array };
  readonly amount: { readonly type: 'number'; readonly data: Float64Array };
}

export const ID_BYTES = 14;
const FIRST_DAY = 19723;                       // 2024-01-01, days since 1970-01-01
const DAYS = 730;
const SEED = 20240101;
/** Part of the files' names: raise it with every change of the rows made. */
const VERSION = 1;

/** Where made files are kept from run to run. */
export function cacheFolder(): string {
  const folder = join(tmpdir(), 'clientele-benchmarks');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A file of the cache; made when it is not there. */
export async function cached(name: string, make: (path: string) => void | Promise<void>): Promise<string> {
  const path = join(cacheFolder(), name);
  if (existsSync(path)) return path;
  const partial = `${path}.${process.pid}`;
  await make(partial);
  renameSync(partial, path);
  return path;
}

/** Short name of a log, for files: `'text-10000000x1000000'`. */
export function logName({ ids, rows, customers }: OrderLog): string {
  return `v${VERSION}-${ids}-${rows}x${customers}`;
}

/** The orders as a CSV file (customer,date,amount), written once. 10 M rows: 320 MB. */
export function ordersCsv(log: OrderLog): Promise<string> {
  return cached(`orders-${logName(log)}.csv`, (path) => writeOrders(log, path));
}

function writeOrders(log: OrderLog, path: string): void {
  const file = openSync(path, 'w');
  const out = Buffer.alloc((1 << 20) + 64);
  let at = out.write('customer,date,amount\n');
  const days = Array.from({ length: DAYS }, (_, day) => Buffer.from(new Date((FIRST_DAY + day) * 86_400_000).toISOString().slice(0, 10)));
  eachOrder(log, (_, customer, day, cents) => {
    at = log.ids === 'text' ? putId(out, at, customer) : at + out.write(String(intId(customer, log.customers)), at);
    out[at++] = 44;
    at += days[day]!.copy(out, at);
    out[at++] = 44;
    at = putMoney(out, at, cents);
    out[at++] = 10;
    if (at >= 1 << 20) {
      writeSync(file, out, 0, at);
      at = 0;
    }
  });
  writeSync(file, out, 0, at);
  closeSync(file);
}

/** The orders as columns. */
export function orderColumns(log: OrderLog, shared = false): OrderColumns {
  const bytes = (length: number): ArrayBuffer => (shared ? (new SharedArrayBuffer(length) as unknown as ArrayBuffer) : new ArrayBuffer(length));
  const date = new Int32Array(bytes(log.rows * 4));
  const amount = new Float64Array(bytes(log.rows * 8));
  const isText = log.ids === 'text';
  const data = new Uint8Array(bytes(isText ? log.rows * ID_BYTES : 0));
  const offsets = new Int32Array(bytes(isText ? (log.rows + 1) * 4 : 0));
  const numbers = new Int32Array(bytes(isText ? 0 : log.rows * 4));
  eachOrder(log, (i, customer, day, cents) => {
    if (isText) offsets[i + 1] = putId(data, i * ID_BYTES, customer);
    else numbers[i] = intId(customer, log.customers);
    date[i] = FIRST_DAY + day;
    amount[i] = cents / 100;
  });
  return {
    customer: isText ? { type: 'text', data, offsets } : { type: 'integer', data: numbers },
    date: { type: 'date', data: date },
    amount: { type: 'number', data: amount },
  };
}

/** Skewed money of n customers and its like, for questions about single columns. */
export function customerMeasures(n: number): { recency: Float64Array; frequency: Float64Array; monetary: Float64Array } {
  const random = seeded(SEED);
  const recency = Float64Array.from({ length: n }, () => Math.floor(random() * random() * DAYS));
  const frequency = Float64Array.from({ length: n }, () => 1 + Math.floor(12 * random() ** 3));
  const monetary = frequency.map((orders) => Math.round(orders * (1 + 10_000 * random() ** 3)) / 100);
  return { recency, frequency, monetary };
}

function eachOrder({ rows, customers }: OrderLog, put: (row: number, customer: number, day: number, cents: number) => void): void {
  if (rows % customers !== 0) throw new Error(`${rows} orders do not divide among ${customers} customers.`);
  const random = seeded(SEED);
  const every = rows / customers;
  for (let row = 0, turn = 0; row < rows; row++) {
    const u = random();
    const customer = row % every === 0 ? scattered(turn++, customers) : Math.floor(u * u * customers);
    const day = Math.floor(random() * DAYS);
    const v = random();
    put(row, customer, day, 1 + Math.floor(10_000 * v * v * v));
  }
}

/** Numbers in 0 … 1 from a seed: mulberry32. Only whole-number steps, so the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Another place for each number below n, each place once: 700001 is prime and no factor of n. */
function scattered(k: number, n: number): number {
  return (k * 700_001 + 12_345) % n;
}

function intId(customer: number, customers: number): number {
  return 1 + scattered(customer, customers);
}

/** 'C', 8 hexadecimal digits by which customers differ (a bijection of 32-bit numbers), and 5 more. */
function putId(out: Uint8Array, at: number, customer: number): number {
  const high = finish(customer);
  const low = finish(~customer);
  out[at] = 67;
  for (let digit = 0; digit < 8; digit++) out[at + 1 + digit] = HEX[(high >>> (4 * digit)) & 15]!;
  for (let digit = 0; digit < 5; digit++) out[at + 9 + digit] = HEX[(low >>> (4 * digit)) & 15]!;
  return at + ID_BYTES;
}

const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** The last step of murmur3: no two numbers end alike. */
function finish(number: number): number {
  let h = number;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function putMoney(out: Uint8Array, at: number, cents: number): number {
  const text = String(cents).padStart(3, '0');
  let end = at;
  for (let i = 0; i < text.length; i++) {
    if (i === text.length - 2) out[end++] = 46;
    out[end++] = text.charCodeAt(i);
  }
  return end;
}
