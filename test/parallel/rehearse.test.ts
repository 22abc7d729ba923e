import { describe, expect, it } from 'vitest';
import { rehearse, sampleRows } from '../../src/parallel/rehearse.js';
import { beginChunk, BLOCKS_AT_ONCE, bytesOfBlocks, endChunk, LIST_WORDS, SLOT_WORDS, viewRowBlocks } from '../../src/parallel/row-blocks.js';
import { AMOUNT, CUSTOMER, DATE, DAYS, ORDER, SKIP } from '../../src/parallel/plain-format.js';
import { newCounts, scanPlainRows } from '../../src/parallel/scan-plain-rows.js';
import type { FileSource } from '../../src/parallel/file-scanner.js';

const LAYOUTS = [[CUSTOMER, DATE, AMOUNT], [DATE, SKIP, AMOUNT, CUSTOMER], [ORDER, CUSTOMER, AMOUNT, DATE, SKIP]].map((roles) => Uint8Array.from(roles));
const RULES = { from: 0, asOf: 0x7fffffff, dropReturns: true, dropZero: true };

describe('the rows of a rehearsal', () => {
  it.each(LAYOUTS.flatMap((roles) => [',', ';', '\t'].map((delimiter) => [String(roles), delimiter, roles] as const)))('are plain in columns %s with %j, and fill more than a block of each partition', (_, delimiter, roles) => {
    const text = Buffer.from(sampleRows(roles, delimiter));
    const bytes = Buffer.concat([text, Buffer.alloc(64)]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const plain = { delimiter: delimiter.charCodeAt(0), roles, missingBegins: new Uint8Array(256) };
    const lists = new Int32Array(4 * LIST_WORDS);
    const blocks = viewRowBlocks({ words: new SharedArrayBuffer(bytesOfBlocks(BLOCKS_AT_ONCE)), handedOut: new SharedArrayBuffer(4), slotWords: SLOT_WORDS });
    const writer = beginChunk(blocks, 4, lists);
    const counts = newCounts();
    expect(scanPlainRows(bytes, view, 0, text.length, text.length, plain, 2, writer, { ...RULES, dropReturns: false, dropZero: false }, counts, new Int32Array(DAYS))).toBe(text.length);
    endChunk(writer);
    expect(counts.used).toBe(1024);
    expect(blocks.own.next).toBeGreaterThan(4);
  });

  it('leave no trace, and are not needed where no row is plain', () => {
    const source = (plain: object | undefined): FileSource => ({
      kind: 'files', where: 'summarizeCsv', chunkBytes: 1, options: {}, quotes: new SharedArrayBuffer(0),
      files: [{ layout: { plain, csv: {}, slots: [0, 1, 2], columns: ['c', 'd', 'a'], partitionBits: 8, rules: RULES } }],
    }) as unknown as FileSource;
    const plain = { delimiter: 44, roles: LAYOUTS[0], missingBegins: new Uint8Array(256) };
    for (const own of [plain, undefined]) {
      const given = source(own);
      const before = JSON.stringify(given);
      rehearse(given, true);
      expect(JSON.stringify(given)).toBe(before);
    }
  });
});
