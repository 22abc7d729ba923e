import { describe, expect, it } from 'vitest';
import { parseTable } from '../../src/io/index.js';

describe('parseTable', () => {
  it('reads the named columns and leaves gaps missing', async () => {
    const { table, diagnostics } = await parseTable('店,score,note\n北京,9,x\n,,y\n"a,b",7.5,z\n', { score: 'number', 店: 'text' });
    expect(table.toRows()).toEqual([{ score: 9, 店: '北京' }, { score: null, 店: null }, { score: 7.5, 店: 'a,b' }]);
    expect(diagnostics.rows).toEqual({ read: 3, used: 3, refused: 0, leftOut: {} });
  });
  it('refuses a number that is none by line, or skips and counts it', async () => {
    await expect(parseTable('score\n9\nmany\n', { score: 'number' })).rejects.toThrow(expect.objectContaining({ code: 'VALUE_INVALID', place: expect.objectContaining({ line: 3, column: 'score' }) as object }));
    const { table, diagnostics } = await parseTable('score\n9\nmany\n', { score: 'number' }, { onBadRow: 'skip' });
    expect([table.numRows, diagnostics.rows.refused]).toEqual([1, 1]);
    await expect(parseTable('score\nmany\n', { score: 'number' }, { onBadRow: 'skip' })).rejects.toThrow('many');
  });
  it('names what is missing, and columns by number without a header', async () => {
    await expect(parseTable('score\n9\n', { scores: 'number' })).rejects.toThrow('column "scores" is missing (found: "score"). Did you mean "score"? Name one that is there.');
    expect((await parseTable('a;1\nb;2\n', { 2: 'number' }, { header: false })).table.toRows()).toEqual([{ 2: 1 }, { 2: 2 }]);
    await expect(parseTable('score\n9\n', {})).rejects.toThrow('Say what the columns hold');
    await expect(parseTable('score\n9\n', { score: 'date' as never })).rejects.toThrow('is to hold "date"');
    await expect(parseTable('', { score: 'number' })).rejects.toThrow('is empty');
    await expect(parseTable('score\n', { score: 'number' })).rejects.toThrow('no rows below it');
  });
  it('keeps columns named like object members', async () => {
    const { table } = await parseTable('constructor,toString\n1,a\n', { constructor: 'number', toString: 'text' } as never);
    expect([table.cell('constructor', 0), table.cell('toString', 0)]).toEqual([1, 'a']);
  });
});
