import { wholeCents } from '../transactions/index.js';
import { directPlace, type DirectIds } from './direct-ids.js';
import { hashNumber, hashWords, INTEGER_KEY } from './key-hash.js';
import { APPEARS, DATES, FIRST, FIRST_TOTAL, GAP_SQUARES, LAST, NEVER, PURCHASES, RECORD_DOUBLES, RECORD_WORDS, TOTAL } from './record-layout.js';
import { BLOCK_WORDS, FIRST_ROW, HEAD_WORDS, NARROW_WORDS, NEXT, SLOT_BYTES, SLOT_WORDS, USED_TO, WIDE, wideAmount, type RowBlocks } from './row-blocks.js';

/**
 * The customers of one partition: a table from key to code, and what is known of each.
 *
 * All of a partition stays within about half a megabyte, so that random access hits the second-level cache (10 ns a
 * line against 100 and more for one table over all customers).
 */
export interface Partition {
  customers: number;
  /** pairs of code + 1 and hash; the hash beside the code spares a look at the key for most collisions. Of direct ids code + 1 by place. */
  table: Int32Array;
  mask: number;
  readonly direct: DirectIds | undefined;
  /** the records twice over: as words and as doubles; shared, so that any thread may place them */
  records: Int32Array<SharedArrayBuffer>;
  sums: Float64Array<SharedArrayBuffer>;
  longKeys: Uint8Array<SharedArrayBuffer>;
  longUsed: number;
  /** a bit per customer and day, where purchases may stand out of order; else empty */
  dayBits: Int32Array;
  /** words of `dayBits` a customer; 0 = none are kept */
  dayWords: number;
  /** day of the first bit */
  dayBase: number;
  /** distinct orders per customer, shared; empty in a log without order ids */
  orders: Int32Array<SharedArrayBuffer>;
  /** the orders met: code + 1 and the four words of the order's key, open addressing */
  orderTable: Int32Array;
  ordersMet: number;
  /** what is no whole cents, of the few customers who have such: in all, of the first purchase date, after it */
  readonly rest: Map<number, Float64Array>;
  /** returns dated before any purchase known so far, in file order: customer, day, cents, what is none */
  readonly early: number[];
}

/** Orders that a partition has room for at first. */
const FIRST_ORDERS = 1024;
/** Words of an entry of the table of orders. */
const ORDER_WORDS = 5;

/** Memory that partitions are done with, for the next ones to use again. */
export interface Spare {
  /** of earlier jobs */
  readonly records: Pick<Partition, 'records' | 'customers'>[];
  table: Int32Array;
  dayBits: Int32Array;
}

/** Nothing left yet. */
export function noSpare(): Spare {
  return { records: [], table: new Int32Array(0), dayBits: new Int32Array(0) };
}

/** A partition without customers, with room for so many; where they turn out to be more, it grows. */
export function emptyPartition(withOrders: boolean, direct: DirectIds | undefined, spare: Spare, least: number): Partition {
  const before = spare.records.pop();
  const again = before !== undefined && capacityOf(before) >= least ? before : undefined;
  const capacity = again === undefined ? least : capacityOf(again);
  const records = again?.records.fill(0, 0, again.customers * RECORD_WORDS) ?? new Int32Array(new SharedArrayBuffer(capacity * RECORD_WORDS * 4));
  const places = tablePlaces(capacity);
  return {
    customers: 0, table: lent(spare.table, direct === undefined ? places * 2 : 1 << direct.placeBits), mask: places - 1, direct, records, sums: new Float64Array(records.buffer),
    longKeys: new Uint8Array(new SharedArrayBuffer(0)), longUsed: 0,
    dayBits: new Int32Array(0), dayWords: 0, dayBase: 0,
    orders: new Int32Array(new SharedArrayBuffer(withOrders ? capacity * 4 : 0)), orderTable: new Int32Array(withOrders ? FIRST_ORDERS * 2 * ORDER_WORDS : 0), ordersMet: 0, rest: new Map(), early: [],
  };
}

/** Zeros in memory that is there already, where it is long enough. */
function lent(spare: Int32Array, length: number): Int32Array {
  return length <= spare.length ? spare.subarray(0, length).fill(0) : zeros(length);
}

/** Leave to the next partition what is needed no more once all rows are added. */
export function leaveMemory(partition: Partition, spare: Spare): void {
  for (const name of ['table', 'dayBits'] as const) {
    if (partition[name].length > spare[name].length) spare[name] = partition[name];
    partition[name] = new Int32Array(0);
  }
  partition.dayWords = 0;
}

/**
 * Fresh words, written once before anyone reads them.
 *
 * A page that is read first is the one page of zeros all share; the write behind it then takes a page of its own and
 * stops the other threads until they have let go of the shared one (30 us a page, and the 10 M rows of a log met 4,500).
 */
function zeros(length: number): Int32Array<ArrayBuffer> {
  return new Int32Array(length).fill(0);
}

/** Customers a partition has room for. */
function capacityOf({ records }: Pick<Partition, 'records'>): number {
  return records.length / RECORD_WORDS;
}

/**
 * Places of a table for so many customers: a power of two, filled to five sixteenths at most. No processor can guess where
 * keys meet: with half the places folding 10 M rows took 305 ms instead of 293.
 */
function tablePlaces(capacity: number): number {
  return 1 << (32 - Math.clz32(Math.ceil(capacity * 3.2) - 1));
}

const MOST_ROWS = (BLOCK_WORDS - HEAD_WORDS) / NARROW_WORDS;
/**
 * The rows of one block, each with its customer found: code, day, cents, what is no whole cents (all 0 where `anyOdd` is
 * false), and the word of the slot that holds the order's key.
 */
const codes = new Int32Array(MOST_ROWS), days = new Int32Array(MOST_ROWS), orderAt = new Int32Array(MOST_ROWS);
const allCents = new Float64Array(MOST_ROWS), allOdd = new Float64Array(MOST_ROWS);
let anyOdd = false;

/**
 * Add the rows of one list of blocks to their partition, in the order of the file: of each block first all customers are
 * found, then what they bought is added, by a loop without branches that no processor can guess (55 ns a row; in one
 * loop, with them, 61).
 *
 * @param firstRowOfChunk rows of the file before the chunk
 */
export function foldRows(partition: Partition, blocks: RowBlocks, head: number, firstRowOfChunk: number): void {
  const { words } = blocks;
  const find = blocks.slotWords === NARROW_WORDS ? findNumbers : findCustomers;
  for (let block = head; block >= 0; block = words[block * BLOCK_WORDS + NEXT]!) addRows(partition, find(partition, blocks, block * BLOCK_WORDS, firstRowOfChunk), words);
}

/** Find the customer of each narrow row of the block that begins at a word, new ones too; the number of rows. */
function findNumbers(partition: Partition, { words }: RowBlocks, begin: number, firstRowOfChunk: number): number {
  const { direct } = partition;
  const isDirect = direct !== undefined;
  const lowest = (direct?.lowest ?? 0) | 0, placeMask = (1 << (direct?.placeBits ?? 0)) - 1;
  let { table, mask } = partition;
  let rows = 0;
  anyOdd = false;
  const end = words[begin + USED_TO]!;
  const firstRow = firstRowOfChunk + words[begin + FIRST_ROW]!;
  for (let at = begin + HEAD_WORDS; at < end; at += NARROW_WORDS) {
    const id = words[at]!;
    const cents = words[at + 1]!;
    const dayAndRow = words[at + 2]!;
    days[rows] = dayAndRow >>> 16;
    allCents[rows] = cents;
    if (cents === WIDE) {
      at += NARROW_WORDS;
      noteWideAmount(rows, wideAmount(words, at));
    }
    let slot: number;
    let hash = 0;
    if (isDirect) slot = directPlace(id, lowest, placeMask);
    else {
      hash = hashNumber(id);
      for (slot = (hash & mask) * 2; table[slot] !== 0 && table[slot + 1] !== hash; ) slot = (slot + 2) & (mask * 2 + 1);
    }
    let code = table[slot]! - 1;
    if (code < 0) {
      code = addCustomer(partition, slot, hash, firstRow + (dayAndRow & 0xffff));
      const { records } = partition;
      ({ table, mask } = partition);
      const k = code * RECORD_WORDS;
      records[k] = INTEGER_KEY;
      records[k + 1] = id;
      records[k + FIRST] = NEVER;
      records[k + LAST] = -1;
    }
    codes[rows++] = code;
  }
  return rows;
}

/** Find the customer of each row of the block that begins at a word, new ones too; the number of rows. */
function findCustomers(partition: Partition, { words, bytes }: RowBlocks, begin: number, firstRowOfChunk: number): number {
  const orderSlots = partition.orders.length > 0 ? 1 : 0;
  let { table, mask, records } = partition;
  let rows = 0;
  anyOdd = false;
  const end = words[begin + USED_TO]!;
  const firstRow = firstRowOfChunk + words[begin + FIRST_ROW]!;
  for (let at = begin + HEAD_WORDS; at < end; at += SLOT_WORDS) {
    const k0 = words[at]!, k1 = words[at + 1]!, k2 = words[at + 2]!, k3 = words[at + 3]!;
    const dayAndRow = words[at + 5]!;
    const record = at;
    let keyLength = 0;
    days[rows] = dayAndRow >>> 16;
    allCents[rows] = words[at + 4]!;
    if (orderSlots === 1) orderAt[rows] = at += SLOT_WORDS;
    if (words[record + 4] === WIDE) {
      at += SLOT_WORDS;
      noteWideAmount(rows, wideAmount(words, at));
      keyLength = words[at + 2]!;
      if (keyLength > 16) at += SLOT_WORDS * Math.ceil(keyLength / SLOT_BYTES);
    }

    const long = k0 === 0;
    const hash = long ? k1 : hashWords(k0, k1, k2, k3);
    let slot = (hash & mask) * 2;
    let code: number;
    for (;;) {
      code = table[slot]! - 1;
      if (code < 0) break;
      if (table[slot + 1] === hash) {
        const k = code * RECORD_WORDS;
        if (long ? sameLongKey(partition, k, bytes, record + (2 + orderSlots) * SLOT_WORDS, keyLength) : records[k] === k0 && records[k + 1] === k1 && records[k + 2] === k2 && records[k + 3] === k3) break;
      }
      slot = (slot + 2) & (mask * 2 + 1);
    }
    if (code < 0) {
      code = addCustomer(partition, slot, hash, firstRow + (dayAndRow & 0xffff));
      ({ table, mask, records } = partition);
      const k = code * RECORD_WORDS;
      records[k] = k0;
      records[k + 1] = k1;
      records[k + FIRST] = NEVER;
      records[k + LAST] = -1;
      if (long) keepLongKey(partition, k, bytes, record + (2 + orderSlots) * SLOT_WORDS, keyLength);
      else {
        records[k + 2] = k2;
        records[k + 3] = k3;
      }
    }
    codes[rows++] = code;
  }
  return rows;
}

/** An amount of a wide row: whole cents where it is such. */
function noteWideAmount(row: number, amount: number): void {
  const cents = wholeCents(amount);
  const whole = cents === cents;
  if (!whole && !anyOdd) allOdd.fill(0);
  allCents[row] = whole ? cents : 0;
  if (!whole) {
    anyOdd = true;
    allOdd[row] = amount;
  }
}

/**
 * Add what the customers of a block bought.
 *
 * The rule for each row is that of `aggregate` in room transactions, so that the bits are the same.
 */
function addRows(partition: Partition, rows: number, words: Int32Array): void {
  const { records, sums, dayBits, dayWords, dayBase, early, rest } = partition;
  const withOrders = partition.orders.length > 0;
  const apart = anyOdd || rest.size > 0;
  for (let i = 0; i < rows; i++) {
    const code = codes[i]!;
    const day = days[i]!;
    const cents = allCents[i]!;
    const odd = anyOdd ? allOdd[i]! : 0;
    const s = code * RECORD_DOUBLES;
    const c = code * RECORD_WORDS;
    sums[s + TOTAL]! += cents;
    if (cents < 0 || odd < 0) {
      if (day < records[c + FIRST]!) {
        early.push(code, day, cents, odd);
        if (apart) addRest(rest, code, odd, NOWHERE);
      } else if (day === records[c + FIRST]) {
        sums[s + FIRST_TOTAL]! += cents;
        if (apart) addRest(rest, code, odd, TO_FIRST);
      } else if (apart) addRest(rest, code, odd, TO_REPEAT);
      continue;
    }
    if (withOrders) meetOrder(partition, code, words, orderAt[i]!);
    if (dayWords > 0) {
      const bit = day - dayBase;
      dayBits[code * dayWords + (bit >> 5)]! |= 1 << (bit & 31);
    }
    const first = records[c + FIRST]!;
    const last = records[c + LAST]!;
    const gap = day - last;
    if (dayWords === 0 && gap > 0) {
      records[c + DATES]!++;
      if (records[c + PURCHASES] !== 0) sums[s + GAP_SQUARES]! += gap * gap;
    }
    records[c + PURCHASES]!++;
    // Without a branch, since no processor can guess it: the earlier of two days is first + min(0, back).
    const back = day - first;
    records[c + LAST] = last + (gap & ~(gap >> 31));
    records[c + FIRST] = first + (back & (back >> 31));
    const earlier = back >>> 31;
    const later = -back >>> 31;
    const firstTotal = sums[s + FIRST_TOTAL]!;
    sums[s + FIRST_TOTAL] = firstTotal * (1 - earlier) + cents * (1 - later);
    if (apart) addRest(rest, code, odd, first === NEVER ? BEGIN : earlier === 1 ? EARLIER : later === 1 ? TO_REPEAT : TO_FIRST);
  }
}

/** Where an amount that is no whole cents goes beside the total: as the whole cents of its row do. */
const NOWHERE = 0, TO_FIRST = 1, TO_REPEAT = 2, BEGIN = 3, EARLIER = 4;

/** Add to the part of a customer's money that is no whole cents; few customers have one, if any. */
function addRest(rest: Map<number, Float64Array>, code: number, odd: number, where: number): void {
  let own = rest.get(code);
  if (own === undefined) {
    if (odd === 0) return;
    rest.set(code, (own = new Float64Array(3)));
  }
  own[0]! += odd;
  if (where === TO_FIRST) own[1]! += odd;
  else if (where === TO_REPEAT) own[2]! += odd;
  else if (where === BEGIN) own[1] = odd;
  else if (where === EARLIER) {
    own[2]! += own[1]!;
    own[1] = odd;
  }
}

/** Count an order of a customer where it is met first; a row without an order id counts alone. */
function meetOrder(partition: Partition, code: number, words: Int32Array, at: number): void {
  const k0 = words[at]!, k1 = words[at + 1]!, k2 = words[at + 2]!, k3 = words[at + 3]!;
  if (k0 !== 0) {
    if ((partition.ordersMet + 1) * 2 * ORDER_WORDS > partition.orderTable.length) growOrders(partition);
    const { orderTable } = partition;
    const slot = orderSlot(orderTable, code, k0, k1, k2, k3);
    if (orderTable[slot] !== 0) return;
    orderTable[slot] = code + 1;
    orderTable[slot + 1] = k0;
    orderTable[slot + 2] = k1;
    orderTable[slot + 3] = k2;
    orderTable[slot + 4] = k3;
    partition.ordersMet++;
  }
  partition.orders[code]!++;
}

/** The place of an order in the table: where it stands, or the free one where it belongs. */
function orderSlot(table: Int32Array, code: number, k0: number, k1: number, k2: number, k3: number): number {
  const places = table.length / ORDER_WORDS;
  let place = (Math.imul(hashWords(k0, k1, k2, k3) ^ Math.imul(code + 1, 0x9e3779b1), 0x85ebca6b) >>> 1) % places;
  for (;;) {
    const slot = place * ORDER_WORDS;
    if (table[slot] === 0) return slot;
    if (table[slot] === code + 1 && table[slot + 1] === k0 && table[slot + 2] === k1 && table[slot + 3] === k2 && table[slot + 4] === k3) return slot;
    place = place + 1 === places ? 0 : place + 1;
  }
}

function growOrders(partition: Partition): void {
  const old = partition.orderTable;
  const table = new Int32Array(old.length * 2);
  for (let at = 0; at < old.length; at += ORDER_WORDS) {
    if (old[at] !== 0) table.set(old.subarray(at, at + ORDER_WORDS), orderSlot(table, old[at]! - 1, old[at + 1]!, old[at + 2]!, old[at + 3]!, old[at + 4]!));
  }
  partition.orderTable = table;
}

/** After the last row: what came after the first purchase date, and, where day bits were kept, dates and gaps. */
export function finishPartition(partition: Partition): void {
  const { early, records, sums } = partition;
  const earlyRests = new Map<number, number>();
  for (let i = 0; i < early.length; i += 4) {
    const code = early[i]!;
    if (records[code * RECORD_WORDS + PURCHASES] === 0 || early[i + 1]! <= records[code * RECORD_WORDS + FIRST]!) {
      sums[code * RECORD_DOUBLES + FIRST_TOTAL]! += early[i + 2]!;
      continue;
    }
    if (early[i + 3] !== 0) earlyRests.set(code, (earlyRests.get(code) ?? 0) + early[i + 3]!);
  }
  for (const [code, total] of earlyRests) partition.rest.get(code)![2]! += total;
  if (partition.dayWords > 0) countDates(partition);
}

/** 1 where a word has a bit. */
function bitOf(word: number): number {
  return (word | -word) >>> 31;
}

/** The first day of a word of day bits. */
function dayOf(bits: number, word: number): number {
  return (word << 5) + 31 - Math.clz32(bits & -bits);
}

/** Distinct dates, and squared gaps between them, from day bits: 66 ns a customer with ten purchases in two years, by one word and day at a time 82. */
function countDates({ customers, records, sums, dayBits, dayWords, dayBase }: Partition): void {
  for (let code = 0; code < customers; code++) {
    const record = code * RECORD_WORDS;
    if (records[record + PURCHASES] === 0) continue;
    const firstDay = records[record + FIRST]! - dayBase;
    const lastWord = (records[record + LAST]! - dayBase) >> 5;
    let dates = 0;
    let last = firstDay;
    let squares = 0;
    // Words with a bit are noted first, 32 by 32 and without a branch, since most have none and no processor can guess which.
    for (let from = firstDay >> 5; from <= lastWord; from += 32) {
      const at = code * dayWords + from;
      const words = Math.min(32, lastWord - from + 1);
      let used = 0;
      for (let w = 0; w < words; w += 4) {
        used |= (bitOf(dayBits[at + w]!) | (bitOf(dayBits[at + w + 1]!) << 1) | (bitOf(dayBits[at + w + 2]!) << 2) | (bitOf(dayBits[at + w + 3]!) << 3)) << w;
      }
      // Beyond the last word stand those of the next customer.
      used &= -1 >>> (32 - words);
      for (; used !== 0; used &= used - 1) {
        const w = 31 - Math.clz32(used & -used);
        let bits = dayBits[at + w]!;
        const day = dayOf(bits, from + w);
        squares += (day - last) * (day - last);
        bits &= bits - 1;
        // Often a word has one day, at times two: a second one that is not there adds 0.
        const there = bitOf(bits);
        const gap = (dayOf(bits, from + w) - day) * there;
        squares += gap * gap;
        last = day + gap;
        dates += 1 + there;
        for (bits &= bits - 1; bits !== 0; bits &= bits - 1, dates++) {
          const next = dayOf(bits, from + w);
          squares += (next - last) * (next - last);
          last = next;
        }
      }
    }
    records[record + DATES] = dates;
    sums[code * RECORD_DOUBLES + GAP_SQUARES] = squares;
  }
}

/** Words of day bits that are read behind those of the last customer. */
const AHEAD = 3;

/** The same for the time of one fold, in memory that is used again for the next partition. */
export function lendDayBits(partition: Partition, spare: Spare, firstDay: number, lastDay: number): void {
  const dayWords = ((lastDay - firstDay) >> 5) + 1;
  Object.assign(partition, { dayBits: lent(spare.dayBits, capacityOf(partition) * dayWords + AHEAD), dayWords, dayBase: firstDay });
}

/** Keep a bit per customer and day from `firstDay` to `lastDay` on; bits set before stay. */
export function keepDayBits(partition: Partition, firstDay: number, lastDay: number): void {
  const base = partition.dayWords === 0 ? firstDay : Math.min(firstDay, partition.dayBase);
  // Whole words in front, so that bits already set move by words.
  const front = partition.dayWords === 0 ? 0 : Math.ceil((partition.dayBase - base) / 32);
  const dayBase = partition.dayWords === 0 ? base : partition.dayBase - front * 32;
  const dayWords = Math.max(front + partition.dayWords, ((lastDay - dayBase) >> 5) + 1);
  if (dayWords === partition.dayWords && dayBase === partition.dayBase) return;
  const capacity = capacityOf(partition);
  const dayBits = zeros(capacity * dayWords + AHEAD);
  for (let code = 0; code < partition.customers; code++) {
    for (let w = 0; w < partition.dayWords; w++) dayBits[code * dayWords + front + w] = partition.dayBits[code * partition.dayWords + w]!;
  }
  Object.assign(partition, { dayBits, dayWords, dayBase });
}

function addCustomer(partition: Partition, slot: number, hash: number, row: number): number {
  const code = partition.customers++;
  partition.table[slot] = code + 1;
  if (partition.direct === undefined) partition.table[slot + 1] = hash;
  if (partition.customers > capacityOf(partition)) grow(partition);
  partition.sums[code * RECORD_DOUBLES + APPEARS] = row;
  return code;
}

/** Twice the room for customers. */
function grow(partition: Partition): void {
  const capacity = capacityOf(partition) * 2;
  const memory = new SharedArrayBuffer(capacity * RECORD_WORDS * 4);
  const records = new Int32Array(memory);
  records.set(partition.records);
  const dayBits = zeros(capacity * partition.dayWords + AHEAD);
  dayBits.set(partition.dayBits);
  if (partition.direct === undefined) growTable(partition, tablePlaces(capacity));
  if (partition.orders.length > 0) {
    const orders = new Int32Array(new SharedArrayBuffer(capacity * 4));
    orders.set(partition.orders);
    partition.orders = orders;
  }
  Object.assign(partition, { records, sums: new Float64Array(memory), dayBits });
}

function growTable(partition: Partition, places: number): void {
  const { table: before } = partition;
  const mask = places - 1;
  const table = zeros(places * 2);
  for (let old = 0; old < before.length; old += 2) {
    if (before[old] === 0) continue;
    let slot = (before[old + 1]! & mask) * 2;
    while (table[slot] !== 0) slot = (slot + 2) & (mask * 2 + 1);
    table[slot] = before[old]!;
    table[slot + 1] = before[old + 1]!;
  }
  Object.assign(partition, { table, mask });
}

function sameLongKey(partition: Partition, k: number, bytes: Uint8Array, slot: number, length: number): boolean {
  const { records, longKeys } = partition;
  if (records[k] !== 0 || records[k + 3] !== length) return false;
  const from = records[k + 2]!;
  const at = slot * 4;
  for (let i = 0; i < length; i++) if (longKeys[from + i] !== bytes[at + i]) return false;
  return true;
}

function keepLongKey(partition: Partition, k: number, bytes: Uint8Array, slot: number, length: number): void {
  if (partition.longUsed + length > partition.longKeys.length) {
    const larger = new Uint8Array(new SharedArrayBuffer(Math.max(4096, (partition.longUsed + length) * 2)));
    larger.set(partition.longKeys);
    partition.longKeys = larger;
  }
  const at = slot * 4;
  partition.longKeys.set(bytes.subarray(at, at + length), partition.longUsed);
  partition.records[k + 2] = partition.longUsed;
  partition.records[k + 3] = length;
  partition.longUsed += length;
}

/** Length in bytes of the key of the record at word `k`. */
export function keyLength(records: Int32Array, k: number): number {
  if (records[k] === 0) return records[k + 3]!;
  for (let w = 3; w >= 0; w--) if (records[k + w] !== 0) return w * 4 + 4 - (Math.clz32(records[k + w]!) >> 3);
  return 0;
}

/** Write the key of the record at word `k` into `bytes` at `at`. */
export function copyKey(records: Int32Array, k: number, longKeys: Uint8Array, bytes: Uint8Array, at: number): number {
  if (records[k] === 0) {
    bytes.set(longKeys.subarray(records[k + 2]!, records[k + 2]! + records[k + 3]!), at);
    return at + records[k + 3]!;
  }
  let to = at;
  for (let w = 0; w < 4; w++) {
    for (let word = records[k + w]!; word !== 0; word >>>= 8) bytes[to++] = word & 0xff;
  }
  return to;
}

/** Totals and repeat totals that are no whole cents, two a customer, in shared memory; empty when there are none. */
export function sharedRest({ customers, rest }: Partition): SharedArrayBuffer {
  const shared = new Float64Array(new SharedArrayBuffer(rest.size === 0 ? 0 : customers * 16));
  for (const [code, own] of rest) {
    shared[code * 2] = own[0]!;
    shared[code * 2 + 1] = own[2]!;
  }
  return shared.buffer;
}
