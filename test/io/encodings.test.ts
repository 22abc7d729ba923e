import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/io/index.js';
import { readCsv, summarizeCsv } from '../../src/node.js';

const TEXT = '客户,日期,金额\r\n李雷,2026-01-01,10.5\r\n"韩,梅梅",2026-01-02,20\r\n';
const MAPPING = { customer: '客户', date: '日期', amount: '金额' } as const;
const ROWS = [{ customer: '李雷', date: '2026-01-01', amount: 10.5 }, { customer: '韩,梅梅', date: '2026-01-02', amount: 20 }];
const utf16 = (text: string, bigEnd = false): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEnd ? bytes.swap16() : bytes;
};
/** 客 户 日 期 金 额 李 雷 韩 梅 in GB18030, from the code charts of GB 2312. */
const GB: Readonly<Record<string, readonly number[]>> = {
  客: [0xbf, 0xcd], 户: [0xbb, 0xa7], 日: [0xc8, 0xd5], 期: [0xc6, 0xda], 金: [0xbd, 0xf0], 额: [0xb6, 0xee], 李: [0xc0, 0xee], 雷: [0xc0, 0xd7], 韩: [0xba, 0xab], 梅: [0xc3, 0xb7],
};
const gb18030 = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((character) => GB[character] ?? [character.charCodeAt(0)]));

const folder = mkdtempSync(join(tmpdir(), 'clientele-encodings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('text in other encodings than UTF-8', () => {
  it.each([
    ['UTF-16, little end first, by its mark', utf16(`\ufeff${TEXT}`), undefined],
    ['UTF-16, big end first, by its mark', utf16(`\ufeff${TEXT}`, true), undefined],
    ['UTF-16 by name', utf16(TEXT), 'utf-16le'],
    ['UTF-16 named wrongly: the mark is believed', utf16(`\ufeff${TEXT}`, true), 'utf-16le'],
    ['GB18030 by name', gb18030(TEXT), 'gb18030'],
    ['GB18030 by its mark', Uint8Array.from([0x84, 0x31, 0x95, 0x33, ...gb18030(TEXT)]), undefined],
    ['GB18030, packed by gzip', gzipSync(gb18030(TEXT)), 'GBK'],
    ['UTF-8, named', new TextEncoder().encode(TEXT), 'UTF8'],
  ] as const)('%s', async (_, bytes, encoding) => {
    const options = encoding === undefined ? {} : { encoding };
    expect((await parseCsv(bytes, MAPPING, options)).toRows()).toEqual(ROWS);
    writeFileSync(join(folder, 'log.csv'), bytes);
    expect((await readCsv(join(folder, 'log.csv'), MAPPING, options)).toRows()).toEqual(ROWS);
    expect((await summarizeCsv(join(folder, 'log.csv'), MAPPING, options)).toColumns()['customer']).toEqual(['李雷', '韩,梅梅']);
  });

  it('names what is not in the encoding, and encodings there are not', async () => {
    await expect(parseCsv(Uint8Array.of(...gb18030('客户,日期,金额\n'), 0x81), MAPPING, { encoding: 'gb18030' })).rejects.toThrow('the input is not in the encoding gb18030. Save it as "CSV UTF-8", or name its encoding');
    await expect(parseCsv(utf16(`\ufeff${TEXT}`).subarray(0, -1), MAPPING)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(parseCsv(TEXT, MAPPING, { encoding: 'klingon' })).rejects.toThrow("option encoding is \"klingon\". Name an encoding: 'utf-8', 'gb18030'");
    await expect(parseCsv(gb18030(TEXT), MAPPING)).rejects.toThrow("'gb18030' for Chinese files");
  });
});
