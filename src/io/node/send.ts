import { ClienteleError, valueText } from '../../core/index.js';
import { writeAtomic } from './write-atomic.js';
import { writeToStream } from './write-stream.js';
import type { WriteTarget } from './write.js';

/**
 * Write chunks to a file, whole or not at all, or to a stream.
 *
 * @throws ClienteleError `OPTION_INVALID` for something that cannot be written to; `FILE_UNWRITABLE`; `ABORTED`
 */
export async function sendChunks(where: string, target: WriteTarget, chunks: Iterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
  if (isFile(target)) {
    await writeAtomic(target, chunks, { where, ...(signal === undefined ? {} : { signal }) });
  } else if (typeof target === 'object' && target !== null && typeof target.write === 'function') {
    await writeToStream(where, target, chunks, signal);
  } else {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'target', value: valueText(target) }, `${valueText(target)} is nothing to write to.`, "Give a path ('scores.csv'), a file: URL, or a writable stream.");
  }
}

/** Where a target is, for the writer's result; nothing for a stream. */
export function targetPath(target: WriteTarget): { path?: string } {
  if (typeof target === 'string') return { path: target };
  return target instanceof URL ? { path: target.href } : {};
}

/** True where a target is a file to be written, not a stream. */
export function isFile(target: WriteTarget): target is string | URL {
  return (typeof target === 'string' && target !== '') || target instanceof URL;
}
