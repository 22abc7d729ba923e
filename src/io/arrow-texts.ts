import { ClienteleError } from '../core/index.js';
import { TextBuilder, type TextColumn } from '../columns/index.js';
import { bitAt, nullBits, validOf, type ArrowBatch, type ArrowVector } from './arrow-batches.js';

const LARGEST = 0x7fffffff;

/**
 * UTF-8 text with offsets of 32 or 64 bits: in one batch its bytes are shared, with 32 bits its offsets too.
 *
 * @throws ClienteleError `VALUE_INVALID` for more than 2 GiB of text
 */
export function texts(where: string, name: string, { data: batches, length }: ArrowVector): TextColumn {
  const [only] = batches;
  if (batches.length === 1) {
    const { offsets, base } = localOffsets(where, name, only!);
    return { type: 'text', data: base === 0 ? bytesOf(only!) : bytesOf(only!).subarray(base), offsets, ...validOf(batches, length) };
  }
  const parts = batches.map((batch) => localOffsets(where, name, batch));
  const sizes = parts.map(({ offsets }) => (offsets.at(-1) ?? 0) - (offsets[0] ?? 0));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > LARGEST) throw tooLong(where, name);
  const data = new Uint8Array(total);
  const offsets = new Int32Array(length + 1);
  let row = 0;
  let at = 0;
  parts.forEach(({ offsets: own, base }, b) => {
    const first = own[0] ?? 0;
    data.set(bytesOf(batches[b]!).subarray(base + first, base + first + sizes[b]!), at);
    for (let i = 1; i < own.length; i++) offsets[row + i] = at + own[i]! - first;
    row += own.length - 1;
    at += sizes[b]!;
  });
  return { type: 'text', data, offsets, ...validOf(batches, length) };
}

/** A batch's offsets in 32 bits, counted from byte `base` of its text. */
function localOffsets(where: string, name: string, batch: ArrowBatch): { offsets: Int32Array; base: number } {
  const offsets = batch.offsets ?? batch.valueOffsets;
  // Writers may leave out the one offset of a batch without rows.
  if (batch.length === 0) return { offsets: new Int32Array(1), base: 0 };
  if (offsets instanceof Int32Array) return { offsets: offsets.subarray(0, batch.length + 1), base: 0 };
  const wide = (offsets as BigInt64Array).subarray(0, batch.length + 1);
  const base = Number(wide[0]!);
  if (Number(wide[batch.length]!) - base > LARGEST) throw tooLong(where, name);
  return { offsets: Int32Array.from(wide, (offset) => Number(offset) - base), base };
}

function bytesOf({ values }: ArrowBatch): Uint8Array {
  return values instanceof Uint8Array ? values : new Uint8Array(0);
}

/**
 * Views of text, copied: up to 12 bytes stand in the view itself, more of them in a buffer.
 *
 * Source: Apache Arrow, "Columnar format", variable-size binary view layout.
 */
export function textViews({ data: batches, length }: ArrowVector): TextColumn {
  const builder = new TextBuilder(length);
  for (const batch of batches) {
    const { buffer, byteOffset } = batch.values as Uint8Array;
    const words = new DataView(buffer, byteOffset, 16 * batch.length);
    const views = new Uint8Array(buffer, byteOffset, 16 * batch.length);
    const buffers = (batch.variadicBuffers ?? batch.data ?? []) as readonly Uint8Array[];
    const nulls = nullBits(batch);
    for (let i = 0; i < batch.length; i++) {
      const size = words.getInt32(16 * i, true);
      if (nulls !== undefined && !bitAt(nulls.bits, nulls.first + i)) builder.addMissing();
      else if (size <= 12) builder.addBytes(views, 16 * i + 4, 16 * i + 4 + size);
      else {
        const from = words.getInt32(16 * i + 12, true);
        builder.addBytes(buffers[words.getInt32(16 * i + 8, true)]!, from, from + size);
      }
    }
  }
  return builder.finish();
}

function tooLong(where: string, name: string): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where, column: name }, `the text of column ${JSON.stringify(name)} passes 2 GiB.`, 'Take the table in parts, or leave this column out.');
}
