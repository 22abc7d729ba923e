import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createGzip, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isClienteleError, type ClienteleError, type ErrorCode } from '../../src/core/index.js';
import { table } from '../../src/columns/index.js';
import { csvChunks, toCsv, toJson, toNdjson } from '../../src/io/index.js';
import { isClosedPipe, writeAtomic, writeCsv, writeJson, writeNdjson, type WriteCsvOptions, type WriteTarget } from '../../src/io/node/index.js';

let dir = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'clientele-write-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const at = (name: string): string => join(dir, name);
const small = table({ customer: ['007', '=cmd', '王小明'], spend: [12.5, null, 3] });
const big = table({ customer: Array.from({ length: 60_000 }, (_, i) => `C${i}`), spend: Float64Array.from({ length: 60_000 }, (_, i) => i / 7) });

async function refused(code: ErrorCode, what: Promise<unknown>): Promise<ClienteleError> {
  const error: unknown = await what.then(() => undefined, (e: unknown) => e);
  if (!isClienteleError(error)) throw new Error(`expected a ClienteleError, got ${String(error)}`);
  expect(error.code).toBe(code);
  return error;
}

describe('writeCsv, writeJson and writeNdjson to a file', () => {
  it('write what toCsv, toJson and toNdjson give, and say what they wrote', async () => {
    expect(await writeCsv(small, at('a.csv'))).toEqual({ path: at('a.csv'), rows: 3, bytes: 43, formulaPrefixed: 1 });
    expect(readFileSync(at('a.csv'), 'utf8')).toBe(toCsv(small));
    expect(await writeJson(small, at('a.json'))).toEqual({ path: at('a.json'), rows: 3, bytes: statSync(at('a.json')).size, infinite: 0 });
    expect(readFileSync(at('a.json'), 'utf8')).toBe(toJson(small));
    await writeNdjson(small, at('a.ndjson'), { columns: ['spend'] });
    expect(readFileSync(at('a.ndjson'), 'utf8')).toBe(toNdjson(small, { columns: ['spend'] }));
    expect(readdirSync(dir).sort()).toEqual(['a.csv', 'a.json', 'a.ndjson']);
  });
  it('take a file: URL and plain columns', async () => {
    await writeCsv({ a: ['x'] }, pathToFileURL(at('with space.csv')));
    expect(readFileSync(at('with space.csv'), 'utf8')).toBe('a\nx\n');
  });
  it('write many chunks', async () => {
    const { bytes } = await writeCsv(big, at('big.csv'));
    expect(bytes).toBe(statSync(at('big.csv')).size);
    expect(readFileSync(at('big.csv'), 'utf8')).toBe(toCsv(big));
  });
  it('refuse unknown options and targets before touching the disk', async () => {
    expect((await refused('OPTION_INVALID', writeCsv(small, at('a.csv'), { delimeter: ';' } as WriteCsvOptions))).message).toContain('writeCsv: there is no option "delimeter"');
    expect((await refused('OPTION_INVALID', writeCsv(small, 7 as unknown as WriteTarget))).message).toBe("writeCsv: 7 is nothing to write to. Give a path ('scores.csv'), a file: URL, or a writable stream.");
    await refused('OPTION_INVALID', writeJson(small, ''));
    await refused('COLUMN_MISSING', writeCsv(small, at('a.csv'), { columns: ['segment'] }));
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('writeAtomic', () => {
  const chunks = [Buffer.from('new '), Buffer.from('content')];

  it('replaces a file and keeps its mode', async () => {
    writeFileSync(at('f'), 'old');
    chmodSync(at('f'), 0o640);
    expect(await writeAtomic(at('f'), chunks)).toBe(11);
    expect(readFileSync(at('f'), 'utf8')).toBe('new content');
    expect(statSync(at('f')).mode & 0o777).toBe(0o640);
  });
  it('gives a new file the mode any program would', async () => {
    await writeAtomic(at('f'), chunks);
    writeFileSync(at('plain'), '');
    expect(statSync(at('f')).mode).toBe(statSync(at('plain')).mode);
  });
  it('keeps a symbolic link and replaces the file behind it', async () => {
    mkdirSync(at('data'));
    writeFileSync(at('data/f'), 'old');
    symlinkSync('data/f', at('link'));
    await writeAtomic(at('link'), chunks);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('data/f'), 'utf8')).toBe('new content');
    expect(readdirSync(dir).sort()).toEqual(['data', 'link']);
  });
  it('creates the file a dangling link points to, and refuses links in a circle', async () => {
    mkdirSync(at('data'));
    symlinkSync('link2', at('link'));
    symlinkSync('data/f', at('link2'));
    await writeAtomic(at('link'), chunks);
    expect(readFileSync(at('data/f'), 'utf8')).toBe('new content');
    symlinkSync('loop', at('loop'));
    expect((await refused('FILE_UNWRITABLE', writeAtomic(at('loop'), chunks))).message).toContain('links on the path run in a circle');
  });
  it('leaves other hard links their old content', async () => {
    writeFileSync(at('f'), 'old');
    linkSync(at('f'), at('g'));
    await writeAtomic(at('f'), chunks);
    expect(readFileSync(at('g'), 'utf8')).toBe('old');
  });
  it('says that a folder, a missing folder and a file in the way cannot be written to', async () => {
    writeFileSync(at('file'), 'x');
    expect((await refused('FILE_UNWRITABLE', writeAtomic(dir, chunks))).message).toBe(`writeAtomic: cannot write ${JSON.stringify(dir)}: it is a folder. Name a file in it, such as scores.csv.`);
    const missing = await refused('FILE_UNWRITABLE', writeCsv(small, at('no/such/f.csv')));
    expect(missing.message).toContain('writeCsv: cannot write');
    expect(missing.message).toContain('its folder does not exist. Create the folder first');
    expect(missing.place).toEqual({ where: 'writeCsv', file: at('no/such/f.csv') });
    expect((await refused('FILE_UNWRITABLE', writeAtomic(at('file/f.csv'), chunks))).message).toContain('is a file, not a folder.');
    expect((await refused('FILE_UNWRITABLE', writeAtomic(at('x'.repeat(300)), chunks))).message).toContain('the name is too long');
    expect(readdirSync(dir)).toEqual(['file']);
  });
  it('says that the disk is full', async () => {
    const error = await refused('FILE_UNWRITABLE', writeCsv(small, '/dev/full'));
    expect(error.message).toBe('writeCsv: cannot write "/dev/full": the disk is full. Free space there, or write to another disk.');
    expect((error.cause as { code: string }).code).toBe('ENOSPC');
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });
  it('writes through a device and leaves it a device', async () => {
    await writeCsv(big, '/dev/null');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
  it('leaves the old file and nothing else when making the content fails, and passes that error on', async () => {
    writeFileSync(at('f'), 'old');
    function* failing(): Generator<Uint8Array> {
      yield Buffer.from('half');
      throw new RangeError('no more');
    }
    await expect(writeAtomic(at('f'), failing())).rejects.toThrow(RangeError);
    expect(readFileSync(at('f'), 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['f']);
  });
  it('shows the new file only when it is complete', async () => {
    writeFileSync(at('f'), 'old');
    const seen: string[] = [];
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (const chunk of chunks) {
        yield chunk;
        await wait(1);
        seen.push(readFileSync(at('f'), 'utf8'));
      }
    }
    await writeAtomic(at('f'), slow());
    expect(seen).toEqual(['old', 'old']);
    expect(readFileSync(at('f'), 'utf8')).toBe('new content');
  });
  it('leaves nothing behind when called off before, while or after writing', async () => {
    for (const stopAt of [0, 1, 2]) {
      const controller = new AbortController();
      let made = 0;
      const content = function* (): Generator<Uint8Array> {
        for (const chunk of chunks) {
          yield chunk;
          if (++made === stopAt) controller.abort();
        }
      };
      if (stopAt === 0) controller.abort();
      const error = await refused('ABORTED', writeAtomic(at('f'), content(), { signal: controller.signal }));
      expect(error.message).toContain('was called off. Nothing of it was kept.');
      expect(readdirSync(dir)).toEqual([]);
    }
  });
  it('takes a stream for content, as of a compressor', async () => {
    await writeAtomic(at('f.gz'), Readable.from(csvChunks(big)).pipe(createGzip()));
    expect(gunzipSync(readFileSync(at('f.gz'))).toString()).toBe(toCsv(big));
  });
  it('hears a signal that comes while a large table is written', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await refused('ABORTED', writeCsv(big, at('big.csv'), { signal: controller.signal }));
    expect(existsSync(at('big.csv'))).toBe(false);
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('writeCsv to a stream', () => {
  it('writes to it and leaves it open', async () => {
    const stream = new PassThrough();
    const read = stream.setEncoding('utf8').toArray();
    expect(await writeCsv(small, stream)).toEqual({ rows: 3, bytes: 43, formulaPrefixed: 1 });
    await writeNdjson(small, stream);
    expect(stream.listenerCount('error') + stream.listenerCount('close')).toBeLessThanOrEqual(2);
    stream.end();
    expect((await read).join('')).toBe(toCsv(small) + toNdjson(small));
  });
  it('waits for each chunk to be taken before the next is made', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        most = Math.max(most, waiting.push(() => done()));
        setImmediate(() => waiting.pop()!());
      },
    });
    await writeCsv(big, slow);
    expect(most).toBe(1);
    expect(slow.listenerCount('error') + slow.listenerCount('close')).toBe(0);
  });
  it('names a full disk behind the stream', async () => {
    const stream = createWriteStream('/dev/full');
    expect((await refused('FILE_UNWRITABLE', writeCsv(small, stream))).message).toBe('writeCsv: the stream failed: the disk is full. Free space there, or write to another disk.');
  });
  it('knows a pipe whose reader has gone', async () => {
    const reader = spawn('true', { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(reader, 'exit');
    const error = await refused('FILE_UNWRITABLE', (async () => {
      for (let i = 0; i < 100; i++) await writeCsv(big, reader.stdin);
    })());
    expect(isClosedPipe(error)).toBe(true);
    expect(error.message).toContain('writeCsv: the stream was closed before everything was written.');
    await wait(5);      // an 'error' event after the callback must not end the process
  });
  it('knows a stream that is destroyed before or while writing', async () => {
    const gone = new PassThrough();
    gone.destroy();
    expect(isClosedPipe(await refused('FILE_UNWRITABLE', writeCsv(small, gone)))).toBe(true);
    const going = new Writable({ write: () => setImmediate(() => going.destroy()) });
    expect(isClosedPipe(await refused('FILE_UNWRITABLE', writeCsv(small, going)))).toBe(true);
    const ended = new PassThrough();
    ended.end();
    expect(isClosedPipe(await refused('FILE_UNWRITABLE', writeCsv(small, ended)))).toBe(true);
    expect(isClosedPipe(new Error('other'))).toBe(false);
  });
  it('can be called off while a stalled reader keeps it waiting', async () => {
    const stalled = new Writable({ write: () => undefined });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const error = await refused('ABORTED', writeCsv(big, stalled, { signal: controller.signal }));
    expect(error.message).toBe('writeCsv: writing to "stream" was called off. What the stream had taken before stays written.');
  });
  it('lets the event loop turn between chunks', async () => {
    let turns = 0;
    const immediate = new Writable({ write: (_chunk, _encoding, done) => done() });
    const count = (): unknown => (turns < 1000 ? (turns++, setImmediate(count)) : undefined);
    count();
    await writeCsv(big, immediate);
    expect(turns).toBeGreaterThan(3);
  });
});
