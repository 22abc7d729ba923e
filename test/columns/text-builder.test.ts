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
  it('puts templates together as they stand, in any language', () => fc.assert(fc.property(texts, fc.array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 60 }), (words, rows) => {
    const builder = new TextBuilder(1, 1);
    const say = (pieces: TemplateStringsArray, ...between: readonly string[]): void => builder.addTemplate(pieces, between);
    const expected = rows.map(([first, k], i) => {
      const [a, b] = [words[k] ?? '', String(i)];
      expect(first ? say`已 ${a} 天，${b}` : say`${a}${b} against `).toBeUndefined();
      return first ? `已 ${a} 天，${b}` : `${a}${b} against `;
    });
    const built = builder.finish();
    expect(expected.map((_, i) => textAt(built, i))).toEqual(expected);
    expect(built.offsets.length).toBe(rows.length + 1);
  })));
  it('keeps room to spare out of what it hands over, without a copy where there is little', () => {
    const data = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(fitted(data, 7).buffer).toBe(data.buffer);
    expect(fitted(data, 3)).toEqual(Int32Array.of(1, 2, 3));
    expect(fitted(data, 3).buffer).not.toBe(data.buffer);
  });
});
