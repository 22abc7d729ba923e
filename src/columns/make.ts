import { ClienteleError } from '../core/index.js';
import type { CategoryColumn, NumberColumn, TextColumn } from './column.js';

const encoder = new TextEncoder();

/** A number column over the given array, shared. */
export function numberColumn(data: Float64Array): NumberColumn {
  return { type: 'number', data };
}

/** A text column of the given strings; null and undefined are missing. */
export function textColumn(values: readonly (string | null | undefined)[]): TextColumn {
  const builder = new TextBuilder(values.length);
  for (const value of values) {
    if (value === null || value === undefined) builder.addMissing();
    else builder.addText(value);
  }
  return builder.finish();
}

/** A category column of the given strings, its values in order of first appearance; null and undefined are missing. */
export function categoryColumn(texts: readonly (string | null | undefined)[]): CategoryColumn {
  const codes = new Map<string, number>();
  const data = new Int32Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    if (text === null || text === undefined) {
      data[i] = -1;
      continue;
    }
    let code = codes.get(text);
    if (code === undefined) codes.set(text, (code = codes.size));
    data[i] = code;
  }
  return { type: 'category', data, values: [...codes.keys()] };
}

/** Grows a text column row by row. */
export class TextBuilder {
  private bytes: Uint8Array;
  private offsets: Int32Array;
  private missing: number[] | undefined;
  private rows = 0;
  private used = 0;

  constructor(rowsExpected = 1024, bytesPerRow = 16) {
    this.bytes = new Uint8Array(Math.max(64, rowsExpected * bytesPerRow));
    this.offsets = new Int32Array(Math.max(16, rowsExpected + 1));
  }

  /** Append a row of UTF-8 bytes `source[from … to]`. */
  addBytes(source: Uint8Array, from: number, to: number): void {
    const length = to - from;
    this.reserve(length);
    const { bytes } = this;
    let at = this.used;
    if (length <= 32) for (let i = from; i < to; i++) bytes[at++] = source[i]!;
    else bytes.set(source.subarray(from, to), at);
    this.close(this.used + length);
  }

  /** Append a row of text. */
  addText(text: string): void {
    this.reserve(text.length * 3);
    this.close(this.used + encoder.encodeInto(text, this.bytes.subarray(this.used)).written);
  }

  addMissing(): void {
    this.reserve(0);
    (this.missing ??= []).push(this.rows);
    this.close(this.used);
  }

  finish(): TextColumn {
    const column: TextColumn = { type: 'text', data: this.bytes.slice(0, this.used), offsets: this.offsets.slice(0, this.rows + 1) };
    return this.missing === undefined ? column : { ...column, valid: validExcept(this.rows, this.missing) };
  }

  private close(end: number): void {
    this.used = end;
    this.offsets[++this.rows] = end;
  }

  private reserve(length: number): void {
    const need = this.used + length;
    if (need > 0x7fffffff) {
      throw new ClienteleError('VALUE_INVALID', { where: 'text column', row: this.rows }, 'the text of one column passes 2 GiB.', 'Read the file in parts, or leave this column out.');
    }
    if (need > this.bytes.length) this.bytes = grown(this.bytes, Math.min(0x7fffffff, Math.max(need, this.bytes.length * 2)));
    if (this.rows + 2 > this.offsets.length) {
      const offsets = new Int32Array(this.offsets.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
  }
}

/** A validity mask of `rows` bits, all 1 but the given rows. */
export function validExcept(rows: number, missing: readonly number[]): Uint8Array {
  const valid = new Uint8Array((rows + 7) >> 3).fill(0xff);
  for (const i of missing) valid[i >> 3]! &= ~(1 << (i & 7));
  return valid;
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
