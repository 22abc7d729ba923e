import { hashWords } from './key-hash.js';
import { AMOUNT, CENTS, CUSTOMER, DATE, DATE_MIDDLE, DAYS, DAYS_BITS, DAYS_MASK, DOTS, ORDER, SPACE, YEARS, ZEROS } from './plain-format.js';
import { AT, BEGUN_AT, CURSOR_WORDS, END, FURTHEST_ROW, openBlock, SLOT_WORDS, type RowWriter } from './row-blocks.js';

/** What the scanner must know of the file. */
export interface PlainLayout {
  readonly delimiter: number;
  /** what each column of the file is: {@link SKIP}, {@link CUSTOMER}, {@link DATE}, {@link AMOUNT} or {@link ORDER} */
  readonly roles: Uint8Array;
  /** 1 for first bytes of words, none over four bytes, that stand for a missing id */
  readonly missingBegins: Uint8Array;
}

/** Rows the scanner takes: window and rules, in the log's days. */
export interface RowRules {
  readonly from: number;
  readonly asOf: number;
  readonly dropReturns: boolean;
  readonly dropZero: boolean;
}

/** What the scanner counts in a chunk. */
export interface ScanCounts {
  rows: number;
  used: number;
  afterAsOf: number;
  beforeFrom: number;
  returns: number;
  zeroOrders: number;
  /** whether purchases never went back in time */
  inOrder: boolean;
  /** day of the first purchase, for joining chunks; -1 = none */
  firstPurchaseDay: number;
  /** day of the last purchase read so far, -1 = none */
  lastPurchaseDay: number;
  /** the words of all ids together, by which all bytes are seen to be ASCII; every bit where rows were read that have others as well */
  idBits: number;
}

/** Nothing counted yet. */
export function newCounts(): ScanCounts {
  return { rows: 0, used: 0, afterAsOf: 0, beforeFrom: 0, returns: 0, zeroOrders: 0, inOrder: true, firstPurchaseDay: -1, lastPurchaseDay: -1, idBits: 0 };
}

/** Of every month from 1970 to 2149 (16 to a year, so that a year is a shift): its first day, shifted, and the days it has. */
const MONTHS = new Int32Array(YEARS * 16);
for (let y = 0, day = 0; y < YEARS; y++) {
  for (let m = 1; m <= 12; m++) {
    const year = 1970 + y;
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = m === 2 ? (leap ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31;
    MONTHS[y * 16 + m] = (day << DAYS_BITS) | days;
    day += days;
  }
}
/** By number of decimals: what makes hundredths of a whole number of digits. */
const TO_HUNDREDTHS = Int32Array.of(100, 10, 1);
/** By number of decimals: the largest whole number whose hundredths fit a word. */
const LARGEST = Int32Array.of(21474836, 214748364, 2147483647);

/**
 * Scan rows of the plain kind straight into their partitions, and stop before the first row of any other kind.
 *
 * Plain: no quote in the chunk (the caller has looked); key of 1 to 16 bytes; date YYYY-MM-DD of 1970 to
 * 2149; amount with at most 9 digits and 2 decimals; LF or CRLF. Everything else, bad values too, is left to the reader
 * that knows all forms.
 *
 * One pass, each byte looked at once: keys four bytes at a time by an unaligned read and the zero-byte test (53 ns a row
 * against 72 byte by byte), dates by a month table that checks the day for free, decimals in 32-bit whole numbers.
 *
 * Rows of customer, date and amount alone, in this order, are read right in the loop, by words: the engine puts only some of the
 * functions below into it, and calling the others for every row took a fifth longer (864 ms against 710 for 10 M rows, reading
 * and checking the chunks included).
 *
 * @param bytes the chunk with at least 48 readable bytes behind `to`
 * @param from first byte of a row
 * @param rowsOnDay counted up, length {@link DAYS}
 * @param to rows that begin here or later belong to the next chunk
 * @param end bytes read; a row that runs past it is not plain
 * @returns the first byte of the row it stopped at, or of the first row at or behind `to`
 */
export function scanPlainRows(bytes: Uint8Array, view: DataView, from: number, to: number, end: number, layout: PlainLayout, partitionBits: number, writer: RowWriter, rules: RowRules, counts: ScanCounts, rowsOnDay: Int32Array): number {
  const { delimiter, roles, missingBegins } = layout;
  const { cursors } = writer;
  const { words } = writer.blocks;
  const { from: windowFrom, asOf, dropReturns, dropZero } = rules;
  const columns = roles.length;
  const taken = roles.includes(ORDER) ? 2 * SLOT_WORDS : SLOT_WORDS;
  const usual = columns === 3 && roles[0] === CUSTOMER && roles[1] === DATE && roles[2] === AMOUNT;
  const pattern = Math.imul(delimiter, 0x01010101);
  const shift = 32 - partitionBits;
  const dateBegin = delimiter | 0x30303000, dateEnd = 0x0030302d | (delimiter << 24);
  let { rows, used, inOrder, firstPurchaseDay, lastPurchaseDay, idBits } = counts;
  if (!usual) idBits = -1;
  let at = from;

  while (at < to) {
    let i = at;
    let day = 0, cents = 0, after = 0;
    let k0 = 0, k1 = 0, k2 = 0, k3 = 0;
    if (usual) {
      // As keyAt.
      k0 = view.getInt32(i, true);
      let x = k0 ^ pattern;
      let stop = (((x - 0x01010101) & ~x) | ((k0 - 0x20202020) & ~k0)) & 0x80808080;
      if (stop === 0) {
        k1 = view.getInt32((i += 4), true);
        x = k1 ^ pattern;
        stop = (((x - 0x01010101) & ~x) | ((k1 - 0x20202020) & ~k1)) & 0x80808080;
        if (stop === 0) {
          k2 = view.getInt32((i += 4), true);
          x = k2 ^ pattern;
          stop = (((x - 0x01010101) & ~x) | ((k2 - 0x20202020) & ~k2)) & 0x80808080;
          if (stop === 0) {
            k3 = view.getInt32((i += 4), true);
            x = k3 ^ pattern;
            stop = (((x - 0x01010101) & ~x) | ((k3 - 0x20202020) & ~k3)) & 0x80808080;
            if (stop === 0) i += 4;
            else k3 &= ((stop & -stop) - 1) >>> 7;
          } else k2 &= ((stop & -stop) - 1) >>> 7;
        } else k1 &= ((stop & -stop) - 1) >>> 7;
      } else k0 &= ((stop & -stop) - 1) >>> 7;
      if (stop !== 0) i += (31 - Math.clz32(stop & -stop)) >> 3;
      if (k0 === 0 || (k0 & 0xff) === SPACE || (missingBegins[k0 & 0xff] === 1 && (k1 === 0 || bytes[i - 1] === SPACE))) break;

      // The delimiter and three digits of the year; the fourth, '-' and the month; '-', the day and the delimiter. What
      // is left of each byte is a digit, or 0. Of digits neither x nor x + 6 has a bit above the lowest four.
      const a = view.getInt32(i, true) ^ dateBegin, b = view.getInt32(i + 4, true) ^ DATE_MIDDLE, c = view.getInt32(i + 8, true) ^ dateEnd;
      if (((a | b | c | (a + 0x06060606) | (b + 0x06060606) | (c + 0x06060606)) & 0xf0f0f0f0) !== 0 || ((a & 0xff) | (b & 0xff00) | (c & 0xff0000ff)) !== 0) break;
      const year = ((a >> 8) & 15) * 1000 + ((a >> 16) & 15) * 100 + (a >> 24) * 10 + (b & 15) - 1970;
      const month = ((b >> 16) & 15) * 10 + (b >> 24);
      const date = ((c >> 8) & 15) * 10 + (c >> 16);
      if (year < 0 || year >= YEARS || month > 12 || date === 0) break;
      const known = MONTHS[year * 16 + month]!;
      day = (known >> DAYS_BITS) + date - 1;
      if (date > (known & DAYS_MASK) || day >= DAYS) break;
      i += 12;

      // As centsAt.
      const word = view.getInt32(i, true);
      x = word ^ DOTS;
      const points = (x - 0x01010101) & ~x & 0x80808080;
      const whole = points === 0 ? 4 : (31 - Math.clz32(points & -points)) >> 3;
      const unused = 32 - whole * 8;
      const digits = (word << unused) ^ (ZEROS << unused);
      const behind = view.getInt32(i + whole, true) ^ CENTS;
      if (whole !== 0 && ((digits | (digits + 0x76767676)) & 0x80808080) === 0 && ((behind | (behind + 0x00060600)) & 0xf0f0ff) === 0) {
        const pairs = Math.imul(digits & 0x00ff00ff, 10) + ((digits >>> 8) & 0x00ff00ff);
        cents = ((pairs & 0xffff) * 100 + (pairs >>> 16)) * 100 + ((behind >> 8) & 15) * 10 + ((behind >> 16) & 15);
        i += whole + 3;
        after = behind >>> 24;
      } else {
        i = centsDigitByDigit(bytes, i);
        if (i < 0) break;
        cents = key[4]!;
        after = bytes[i]!;
      }
    } else {
      let column = 0;
      for (; column < columns; column++) {
        const role = roles[column];
        if (role === CUSTOMER) i = keyAt(bytes, view, i, pattern, missingBegins, key);
        else if (role === DATE) {
          day = dayAt(bytes, i);
          i = day < 0 ? -1 : i + 10;
        } else if (role === AMOUNT) i = centsAt(bytes, view, i);
        else if (role === ORDER) i = keyAt(bytes, view, i, pattern, missingBegins, orderKey);
        else i = fieldEnd(bytes, i, end, delimiter);
        if (i < 0 || (column < columns - 1 && bytes[i++] !== delimiter)) break;
      }
      if (column < columns) break;
      k0 = key[0]!;
      k1 = key[1]!;
      k2 = key[2]!;
      k3 = key[3]!;
      cents = key[4]!;
      after = bytes[i]!;
    }
    if (after === 13) after = bytes[++i]!;
    if (after !== 10 || i >= end) break;
    at = i + 1;

    idBits |= k0 | k1 | k2 | k3;
    const row = rows++;
    rowsOnDay[day]!++;
    if (day > asOf) {
      counts.afterAsOf++;
      continue;
    }
    if (day < windowFrom) {
      counts.beforeFrom++;
      continue;
    }
    if (cents < 0) {
      if (dropReturns) {
        counts.returns++;
        continue;
      }
    } else {
      if (cents === 0 && dropZero) {
        counts.zeroOrders++;
        continue;
      }
      if (day < lastPurchaseDay) inOrder = false;
      if (firstPurchaseDay < 0) firstPurchaseDay = day;
      lastPurchaseDay = day;
    }
    used++;

    const partition = hashWords(k0, k1, k2, k3) >>> shift;
    const cursor = partition * CURSOR_WORDS;
    let put = cursors[cursor + AT]!;
    if (put + taken > cursors[cursor + END]! || row - cursors[cursor + BEGUN_AT]! > FURTHEST_ROW) put = openBlock(writer, partition, row);
    words[put] = k0;
    words[put + 1] = k1;
    words[put + 2] = k2;
    words[put + 3] = k3;
    words[put + 4] = cents;
    words[put + 5] = (day << 16) | (row - cursors[cursor + BEGUN_AT]!);
    if (taken > SLOT_WORDS) words.set(orderKey, put + SLOT_WORDS);
    cursors[cursor + AT] = put + taken;
  }
  Object.assign(counts, { rows, used, inOrder, firstPurchaseDay, lastPurchaseDay, idBits });
  return at;
}

/** What the last field read was: four words of a key, hundredths of an amount. Through memory, since functions return one number. */
const key = new Int32Array(5);
const orderKey = new Int32Array(4);

/** Read a key of 1 to 16 bytes into four words, four bytes at a time; the end of the field, -1 where it is not plain. */
function keyAt(bytes: Uint8Array, view: DataView, from: number, pattern: number, missingBegins: Uint8Array, into: Int32Array): number {
  let i = from;
  let k0 = view.getInt32(i, true), k1 = 0, k2 = 0, k3 = 0;
  let stop = stopBits(k0, pattern);
  if (stop === 0) {
    k1 = view.getInt32((i += 4), true);
    stop = stopBits(k1, pattern);
    if (stop === 0) {
      k2 = view.getInt32((i += 4), true);
      stop = stopBits(k2, pattern);
      if (stop === 0) {
        k3 = view.getInt32((i += 4), true);
        stop = stopBits(k3, pattern);
        if (stop === 0) i += 4;
        else k3 &= bytesBefore(stop);
      } else k2 &= bytesBefore(stop);
    } else k1 &= bytesBefore(stop);
  } else k0 &= bytesBefore(stop);
  if (stop !== 0) i += (31 - Math.clz32(stop & -stop)) >> 3;
  // Empty, or perhaps a word for a missing id, spaces around it not counted.
  const begin = k0 & 0xff;
  if (k0 === 0 || begin === SPACE || (missingBegins[begin] === 1 && (k1 === 0 || bytes[i - 1] === SPACE))) return -1;
  into[0] = k0;
  into[1] = k1;
  into[2] = k2;
  into[3] = k3;
  return i;
}

/** The day of YYYY-MM-DD; -1 for anything else, and for days before 1970 or after 2149-06-06. */
function dayAt(bytes: Uint8Array, i: number): number {
  if (bytes[i + 4] !== 45 || bytes[i + 7] !== 45) return -1;
  const a = bytes[i]! - 48, b = bytes[i + 1]! - 48, c = bytes[i + 2]! - 48, d = bytes[i + 3]! - 48;
  const e = bytes[i + 5]! - 48, f = bytes[i + 6]! - 48, g = bytes[i + 8]! - 48, h = bytes[i + 9]! - 48;
  // Of eight digits neither x nor x + 6 has a bit above the lowest four; of any other byte one has.
  if (((a | b | c | d | e | f | g | h | (a + 6) | (b + 6) | (c + 6) | (d + 6) | (e + 6) | (f + 6) | (g + 6) | (h + 6)) & ~15) !== 0) return -1;
  const year = a * 1000 + b * 100 + c * 10 + d - 1970;
  const month = e * 10 + f;
  const date = g * 10 + h;
  if (year < 0 || year >= YEARS || month > 12 || date === 0) return -1;
  const known = MONTHS[year * 16 + month]!;
  const day = (known >> DAYS_BITS) + date - 1;
  return date <= (known & DAYS_MASK) && day < DAYS ? day : -1;
}

/**
 * Read an amount into `key[4]` as hundredths; the end of the field, or -1.
 *
 * With one to four digits before the point and two behind, all digits at once: a loop over digits ends unforeseen (9 ns a row).
 */
function centsAt(bytes: Uint8Array, view: DataView, from: number): number {
  const word = view.getInt32(from, true);
  const x = word ^ DOTS;
  const points = (x - 0x01010101) & ~x & 0x80808080;
  const whole = points === 0 ? 4 : (31 - Math.clz32(points & -points)) >> 3;
  const point = from + whole;
  if (whole === 0 || bytes[point] !== 46) return centsDigitByDigit(bytes, from);
  // The last digit in the highest byte, nothing in those below the first.
  const unused = 32 - whole * 8;
  const digits = (word << unused) ^ (ZEROS << unused);
  const tenths = bytes[point + 1]! - 48;
  const last = bytes[point + 2]! - 48;
  const behind = bytes[point + 3]!;
  // A byte above 9 reaches the high bit when 0x76 is added; `behind` must not go on with the number.
  if (((digits | (digits + 0x76767676)) & 0x80808080) !== 0 || tenths < 0 || tenths > 9 || last < 0 || last > 9 || (behind >= 46 && behind <= 57)) return centsDigitByDigit(bytes, from);
  const pairs = Math.imul(digits & 0x00ff00ff, 10) + ((digits >>> 8) & 0x00ff00ff);
  key[4] = ((pairs & 0xffff) * 100 + (pairs >>> 16)) * 100 + tenths * 10 + last;
  return point + 3;
}

/** The same for any amount of at most 9 digits and 2 decimals. */
function centsDigitByDigit(bytes: Uint8Array, from: number): number {
  let i = from;
  let byte = bytes[i]!;
  const negative = byte === 45;
  if (negative) byte = bytes[++i]!;
  let mantissa = 0;
  let digits = 0;
  let mark = -1;
  for (;;) {
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = (Math.imul(mantissa, 10) + digit) | 0;
      digits++;
    } else if (byte === 46 && mark < 0) mark = digits;
    else break;
    byte = bytes[++i]!;
  }
  const decimals = mark < 0 ? 0 : digits - mark;
  if (digits === 0 || digits > 9 || decimals > 2 || mantissa > LARGEST[decimals]!) return -1;
  const cents = Math.imul(mantissa, TO_HUNDREDTHS[decimals]!);
  key[4] = negative ? -cents : cents;
  return i;
}

function fieldEnd(bytes: Uint8Array, from: number, end: number, delimiter: number): number {
  let i = from;
  let byte = bytes[i]!;
  while (byte !== delimiter && byte !== 10 && byte !== 13 && i < end) byte = bytes[++i]!;
  return i;
}

/** The high bit of every byte of a word that is the delimiter or a control character; the lowest such bit is exact. */
function stopBits(word: number, pattern: number): number {
  const x = word ^ pattern;
  return (((x - 0x01010101) & ~x) | ((word - 0x20202020) & ~word)) & 0x80808080;
}

/** A mask of the bytes of a word before its first stop. */
function bytesBefore(stop: number): number {
  return ~(-1 << (24 - Math.clz32(stop & -stop)));
}
