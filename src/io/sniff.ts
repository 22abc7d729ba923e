import { decodeUtf8 } from '../columns/index.js';
import { newBatch } from './field-batch.js';
import { scanRows, type CsvCursor, type CsvLayout, type ScanEnd } from './scan-csv.js';

/** Separators found by themselves, the likelier first where files leave it open. */
export const DELIMITERS: readonly string[] = [',', ';', '\t', '|'];

const SAMPLE_BYTES = 1 << 16;
const SAMPLE_ROWS = 200;

/** A row as texts. */
export interface TextRow {
  readonly fields: readonly string[];
  /** behind the row */
  readonly cursor: CsvCursor;
}

/**
 * The first row behind the cursor as texts, or why there is none: `more` bytes are needed (or there are none left), or
 * it holds a quote that is not closed.
 *
 * Doubled quotes are closed up in `bytes`: a row can be read in this way once.
 */
export function firstRow(bytes: Uint8Array, end: number, final: boolean, delimiter: number, cursor: CsvCursor): TextRow | Exclude<ScanEnd, 'full'> {
  const counting: CsvLayout = { delimiter, fields: 0, slotOf: new Int32Array(0), slots: 0 };
  const counted = newBatch(bytes, 0, 1);
  const result = scanRows(bytes, end, final, counting, { ...cursor }, counted);
  if (counted.rows === 0) return result === 'full' ? 'more' : result;
  const fields = counted.faults[0]!.fields;
  const behind = { ...cursor };
  const row = newBatch(bytes, fields, 1);
  scanRows(bytes, end, final, { delimiter, fields, slotOf: Int32Array.from({ length: fields }, (_, i) => i), slots: fields }, behind, row);
  return { fields: Array.from({ length: fields }, (_, i) => decodeUtf8(bytes.subarray(row.from[i]!, row.to[i]!))), cursor: behind };
}

/**
 * The separator of a file, by its first 64 KB: the one by which most wanted columns appear in the header, then the one
 * by which most rows have as many fields as the first, then the one with most fields, then `,` `;` tab `|`.
 *
 * @param columns names wanted; numbers as text where there is no header. Bytes are not modified.
 */
export function sniffDelimiter(bytes: Uint8Array, end: number, final: boolean, cursor: CsvCursor, columns: readonly string[], header: boolean): number {
  const sampled = Math.min(end, cursor.at + SAMPLE_BYTES);
  let best = { delimiter: DELIMITERS[0]!.charCodeAt(0), score: [-1, 0, 0] };
  for (const text of DELIMITERS) {
    const delimiter = text.charCodeAt(0);
    const score = scoreOf(bytes.slice(0, sampled + 1), sampled, final && sampled === end, delimiter, cursor, columns, header);
    if (isHigher(score, best.score)) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Wanted columns found, share of rows that fit, number of fields. */
function scoreOf(sample: Uint8Array, end: number, final: boolean, delimiter: number, cursor: CsvCursor, columns: readonly string[], header: boolean): number[] {
  const first = firstRow(sample, end, final, delimiter, cursor);
  if (typeof first === 'string' || first.fields.length === 1) return [0, 0, 1];
  const names = header ? first.fields.map((name) => name.trim()) : first.fields.map((_, i) => String(i + 1));
  const found = columns.filter((column) => names.includes(column.trim())).length;
  const batch = newBatch(sample, 0, SAMPLE_ROWS);
  scanRows(sample, end, final, { delimiter, fields: names.length, slotOf: new Int32Array(names.length).fill(-1), slots: 0 }, { ...first.cursor }, batch);
  return [found, batch.rows === 0 ? 1 : (batch.rows - batch.faults.length) / batch.rows, names.length];
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! > b[k]!;
  return false;
}
