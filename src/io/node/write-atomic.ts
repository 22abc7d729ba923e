import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, readlink, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkKeys } from '../../core/index.js';
import { filePath } from './file-path.js';
import { codeOf, unwritable, writeAborted } from './unwritable.js';

/** How a file is written. */
export interface WriteAtomicOptions {
  /** the public function, for messages */
  readonly where?: string;
  /** calls the writing off; nothing is left of it */
  readonly signal?: AbortSignal;
}

/**
 * Write a file whole or not at all: whoever opens it sees the old content or the new, never a part.
 *
 * The bytes go to a temporary file in the same folder, are flushed to the disk, and the file is renamed over the target.
 * On any error or abort the temporary file is removed and the target is as it was. A symbolic link stays and the file
 * it points to is replaced; other hard links keep the old content. An existing file keeps its mode, and its owner where
 * the system allows. A device or a pipe (`/dev/stdout`, a FIFO) cannot be replaced and is written to directly.
 *
 * @param path a path, or a `file:` URL
 * @param chunks the content; made while it is written, and not asked for again once writing has failed
 * @returns the number of bytes written
 * @throws ClienteleError `FILE_UNWRITABLE` naming the file and how to mend it; `ABORTED`; whatever `chunks` throws,
 *   wrapped as `FILE_UNWRITABLE` where it is not ours
 * @example
 * await writeAtomic('scores.csv', csvChunks(scored.table), { signal: AbortSignal.timeout(60_000) });
 */
export async function writeAtomic(path: string | URL, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options: WriteAtomicOptions = {}): Promise<number> {
  checkKeys('writeAtomic', options, ['where', 'signal']);
  return writeByPosition(path, () => chunks, undefined, options);
}

/**
 * {@link writeAtomic} for content that several write at once, each at its place.
 *
 * @param chunks the content in order, for a device or a pipe
 * @param fill writes all of it by the file's descriptor, and lets go of that before it settles; the number of bytes
 */
export async function writeByPosition(path: string | URL, chunks: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>, fill: ((descriptor: number) => Promise<number>) | undefined, { where = 'writeAtomic', signal }: WriteAtomicOptions = {}): Promise<number> {
  if (typeof path !== 'string' && !(path instanceof URL)) filePath(where, path);
  const file = typeof path === 'string' ? path : path.href;
  try {
    const target = await findTarget(typeof path === 'string' ? path : fileURLToPath(path));
    const stop = (): void => {
      if (signal?.aborted === true) throw writeAborted(where, file, signal);
    };
    if (!target.replace) return await writeThrough(target.path, (handle) => writeAll(handle, chunks(), stop), stop);
    return await replaceFile(target, fill === undefined ? (handle) => writeAll(handle, chunks(), stop, FLUSH_BYTES) : ({ fd }) => fill(fd), stop);
  } catch (error) {
    throw unwritable(where, file, error);
  }
}

interface Target {
  readonly path: string;
  /** false for a device or pipe, which must be written to, not replaced */
  readonly replace: boolean;
  /** of the file that is there already */
  readonly old?: { readonly mode: number; readonly uid: number; readonly gid: number };
}

/** The file that is really meant, symbolic links followed. */
async function findTarget(path: string): Promise<Target> {
  const absolute = resolve(path);
  let found;
  try {
    found = await stat(absolute);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return { path: await followDangling(absolute), replace: true };
  }
  if (found.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  // /dev/stdout may point to a plain file: that one is open already, and must be written through.
  if (!found.isFile() || /^\/(dev|proc)\//.test(absolute)) return { path: absolute, replace: false };
  // Renaming needs a right on the folder only: ask for the right to write, as any other program would need.
  await access(absolute, constants.W_OK);
  return { path: await realpath(absolute), replace: true, old: { mode: found.mode & 0o7777, uid: found.uid, gid: found.gid } };
}

/** A link to a file that is not there yet is followed, as writing to it would. */
async function followDangling(path: string): Promise<string> {
  for (let at = path, links = 0; ; links++) {
    let next: string;
    try {
      next = await readlink(at);
    } catch {
      return at;
    }
    if (links === 40) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
    at = resolve(dirname(at), next);
  }
}

async function replaceFile(target: Target, write: (handle: FileHandle) => Promise<number>, stop: () => void): Promise<number> {
  stop();
  // 'wx' fails where the name exists, and nobody can guess it to put a link there first.
  const temporary = join(dirname(target.path), `.clientele-${randomBytes(16).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', target.old === undefined ? 0o666 : target.old.mode & 0o700);
  try {
    let bytes: number;
    try {
      bytes = await write(handle);
      if (target.old !== undefined) await keepOwner(handle, target.old);
      await handle.sync();
    } finally {
      await handle.close();
    }
    stop();
    await rename(temporary, target.path);
    return bytes;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

async function writeThrough(path: string, write: (handle: FileHandle) => Promise<number>, stop: () => void): Promise<number> {
  stop();
  const handle = await open(path, 'w');
  try {
    return await write(handle);
  } finally {
    await handle.close();
  }
}

/** Bytes of a file that are flushed to the disk while the next are made: of 47 MB 4 ms of flushing are left for the end, not 25. */
const FLUSH_BYTES = 8 << 20;

/** Write chunks one after the other; while one is on its way, the next is made. */
async function writeAll(handle: FileHandle, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, stop: () => void, flushBytes = Infinity): Promise<number> {
  let bytes = 0;
  let flushed = 0;
  let onItsWay = Promise.resolve();
  let flushing: Promise<void> | undefined;
  try {
    for await (const chunk of chunks) {
      await onItsWay;
      stop();
      if (bytes - flushed >= flushBytes) {
        // The system tells of an error of the disk once only.
        await flushing;
        flushing = handle.datasync();
        flushing.catch(() => undefined);
        flushed = bytes;
      }
      onItsWay = writeWhole(handle, chunk);
      // A failure is heard when the next chunk is there; until then it is nobody's.
      onItsWay.catch(() => undefined);
      bytes += chunk.length;
    }
  } finally {
    // Nothing may still be written when the file is closed.
    await Promise.all([onItsWay, flushing]);
  }
  return bytes;
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at, chunk.length - at)).bytesWritten;
}

/** Owner first, since changing it clears bits of the mode; where the system refuses, the writer's own stays. */
async function keepOwner(handle: FileHandle, old: { readonly mode: number; readonly uid: number; readonly gid: number }): Promise<void> {
  const now = await handle.stat();
  if (now.uid !== old.uid || now.gid !== old.gid) await handle.chown(old.uid, old.gid).catch(() => undefined);
  await handle.chmod(old.mode).catch(() => undefined);
}
