import type { Refusal } from '../core/index.js';
import { decodeUtf8, hashBytes } from '../columns/index.js';
import { dateAt, explainRow, isMissing, newBatch, numberAt, refusalOf, scanRows, type CsvCursor, type CsvLayout, type FieldBatch, type Settings } from '../io/index.js';
import { hashWords, partitionOf } from './key-hash.js';
import { writeWideRow, type RowWriter } from './row-blocks.js';
import { DAYS } from './plain-format.js';
import { scanPlainRows, type PlainLayout, type RowRules, type ScanCounts } from './scan-plain-rows.js';

/** What is the same for every chunk of a file. */
export interface FileLayout {
  /** for the scanner that knows all forms */
  readonly csv: CsvLayout;
  /** slots of customer, date and amount in its batches */
  readonly slots: readonly [customer: number, date: number, amount: number];
  /** slot of the order id, where the log has one */
  readonly order?: number;
  /** names of these columns in the file, for messages */
  readonly columns: readonly [customer: string, date: string, amount: string];
  /** for the fast scanner; absent where the options need the other one throughout */
  readonly plain: PlainLayout | undefined;
  readonly partitionBits: number;
  readonly rules: RowRules;
}

/** What a chunk gave, beside its rows. */
export interface ChunkResult {
  readonly counts: ScanCounts;
  /** the first refused rows, rows and lines counted from the chunk's begin (0) */
  readonly noted: readonly Refusal[];
  refused: number;
  /** line breaks passed */
  lines: number;
  /** the first byte behind the chunk's last row */
  end: number;
  /** why the chunk cannot be scanned this way; the file is then read the slow way, which knows all forms and messages */
  unfit?: string;
}

const NOTED_KEPT = 10;

/**
 * Scan the rows that begin in `from … to`: plain ones by the fast scanner, all others by the one that knows all forms.
 *
 * @param bytes the chunk and enough behind it to finish its last row
 * @param from first byte of a row
 * @param end end of the bytes read, with at least 16 bytes of room behind
 * @param final whether nothing follows `end`
 * @param quoted whether the bytes hold quotes: then no row is plain
 */
export function scanChunk(bytes: Uint8Array, from: number, to: number, end: number, final: boolean, quoted: boolean, layout: FileLayout, settings: Settings, writer: RowWriter, result: ChunkResult, rowsOnDay: Int32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: CsvCursor = { at: from, line: 0 };
  const batch = newBatch(bytes, layout.csv.slots, 1);
  const { counts } = result;
  const plain = quoted ? undefined : layout.plain;

  while (cursor.at < to) {
    if (plain !== undefined) {
      const before = counts.rows;
      cursor.at = scanPlainRows(bytes, view, cursor.at, to, end, plain, layout.partitionBits, writer, layout.rules, counts, rowsOnDay);
      cursor.line += counts.rows - before;
      if (cursor.at >= to) break;
    }
    counts.idBits = -1;
    const ended = scanRows(bytes, end, final, layout.csv, cursor, batch);
    if (batch.rows === 1) {
      if (!takeRow(batch, layout, settings, writer, result, rowsOnDay)) return;
    } else if (ended !== 'full') {
      // Blank lines to the end of the file, or a row that runs on: past the bytes at hand, or for ever.
      if (ended !== 'more' || !final) result.unfit = ended;
      break;
    }
  }
  result.lines = cursor.line;
  result.end = cursor.at;
}

/** Take one row the long way; false where the rows cannot go through here at all. */
function takeRow(batch: FieldBatch, { slots, order, columns, partitionBits, rules, csv }: FileLayout, settings: Settings, writer: RowWriter, result: ChunkResult, rowsOnDay: Int32Array): boolean {
  const { bytes, from, to } = batch;
  const { counts } = result;
  const [customer, date, amount] = slots;
  const row = counts.rows++;
  const day = batch.faults.length > 0 ? NaN : dateAt(bytes, from[date]!, to[date]!, settings);
  const value = batch.faults.length > 0 ? NaN : numberAt(bytes, from[amount]!, to[amount]!, settings);
  if (!Number.isFinite(day) || !Number.isFinite(value) || isMissing(settings.missing, bytes, from[customer]!, to[customer]!)) {
    result.refused++;
    if (result.noted.length < NOTED_KEPT) (result.noted as Refusal[]).push(refusalOf(explainRow(batch, row, slots, columns, csv, settings)));
    return true;
  }
  if (day < 0 || day >= DAYS) return unfit(result, 'a date before 1970 or after 2149');
  rowsOnDay[day]!++;
  if (day > rules.asOf) counts.afterAsOf++;
  else if (day < rules.from) counts.beforeFrom++;
  else if (value < 0 && rules.dropReturns) counts.returns++;
  else if (value === 0 && rules.dropZero) counts.zeroOrders++;
  else {
    if (value >= 0) {
      if (day < counts.lastPurchaseDay) counts.inOrder = false;
      if (counts.firstPurchaseDay < 0) counts.firstPurchaseDay = day;
      counts.lastPurchaseDay = day;
    }
    counts.used++;
    const hash = hashKey(bytes, from[customer]!, to[customer]!);
    if (hash === undefined) return unfit(result, 'an id with a zero byte');
    const orderKey = order === undefined ? undefined : orderWords(bytes, from[order]!, to[order]!, settings);
    if (orderKey === null) return unfit(result, 'an order id of more than 16 bytes');
    if (!writeWideRow(writer, partitionOf(hash, partitionBits), hash, bytes, from[customer]!, to[customer]!, value, day, row, orderKey)) {
      return unfit(result, `an id of ${to[customer]! - from[customer]!} bytes (${decodeUtf8(bytes.slice(from[customer]!, from[customer]! + 20))}…)`);
    }
  }
  return true;
}

/** The words of an order id, zeros where it is missing; null where it is too long for them. */
function orderWords(bytes: Uint8Array, from: number, to: number, { missing }: Settings): Int32Array | null {
  if (isMissing(missing, bytes, from, to)) return new Int32Array(4);
  return hashKey(bytes, from, to) === undefined || to - from > 16 ? null : keyWords.slice();
}

function unfit(result: ChunkResult, why: string): false {
  result.unfit = why;
  return false;
}

const keyBytes = new Uint8Array(16);
const keyWords = new Int32Array(keyBytes.buffer);

/** The hash of a key of any length, up to 16 bytes that of its words as the fast scanner has it; none for zero bytes. */
function hashKey(bytes: Uint8Array, from: number, to: number): number | undefined {
  for (let i = from; i < to; i++) if (bytes[i] === 0) return undefined;
  if (to - from > 16) return hashBytes(bytes, from, to);
  keyBytes.fill(0);
  for (let i = from; i < to; i++) keyBytes[i - from] = bytes[i]!;
  return hashWords(keyWords[0]!, keyWords[1]!, keyWords[2]!, keyWords[3]!);
}
