import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fitted, TextBuilder, textAt, textColumn } from '../../src/columns/index.js';

const texts = fc.array(fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextDecoder().decode(new TextEncoder().encode(text))), { maxLength: 60 });

describe('TextBuilder', () => {
  it('gives back rows added one by one, as bytes, as text, or many at a time', () => fc.assert(fc.property(texts, fc.integer({ min: 0, max: 500 }), (rows, expected) => {
    const source = textColumn(rows);
    const [single, many, text] = [new TextBuilder(1, 1), new TextBuilder(1, 1), new TextBuilder(1, 1)];
    rows.forEach((row, i) => {
      single.addBytes(source.data, source.offsets[i]!, source.offsets[i + 1]!);
      text.addText(row);
    });
    const half = rows.length >> 1;
    many.addSpans(source.data, source.offsets, source.offsets.subarray(1), 0, half);
    many.expect(expected);
    many.addSpans(source.data, source.offsets, source.offsets.subarray(1), half, rows.length - half);
    for (const built of [single.finish(), many.finish(), text.finish()]) {
      expect([...built.offsets]).toEqual([...source.offsets]);
      expect(rows.map((_, i) => textAt(built, i))).toEqual(rows);
    }
  })));
  it('keeps room to spare out of what it hands over, without a copy where there is little', () => {
    const data = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(fitted(data, 7).buffer).toBe(data.buffer);
    expect(fitted(data, 3)).toEqual(Int32Array.of(1, 2, 3));
    expect(fitted(data, 3).buffer).not.toBe(data.buffer);
  });
});
