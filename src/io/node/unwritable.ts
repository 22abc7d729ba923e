import { ClienteleError, isClienteleError, valueText } from '../../core/index.js';

/** What an error code of the system means for somebody who writes a file, and how to mend it. */
const CAUSES: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOSPC: ['the disk is full.', 'Free space there, or write to another disk.'],
  EDQUOT: ['your disk quota is used up.', 'Free space, or write to another disk.'],
  EFBIG: ['the file would be larger than the disk or your limits allow.', 'Write fewer columns or rows, or write to another disk.'],
  EACCES: ['there is no permission to write there.', 'Write to a folder and file that you own, or ask for the permission.'],
  EPERM: ['there is no permission to write there.', 'Write to a folder and file that you own, or ask for the permission.'],
  EROFS: ['the disk is read-only.', 'Write to another disk.'],
  EISDIR: ['it is a folder.', 'Name a file in it, such as scores.csv.'],
  ENOENT: ['its folder does not exist.', 'Create the folder first, or correct the path.'],
  ENOTDIR: ['a part of the path before the name is a file, not a folder.', 'Correct the path.'],
  ENAMETOOLONG: ['the name is too long for this disk.', 'Give a shorter name.'],
  ELOOP: ['the symbolic links on the path run in a circle.', 'Remove the link, or name the file itself.'],
  EMFILE: ['too many files are open.', 'Close some, or write fewer files at once.'],
  EBUSY: ['another program holds the file.', 'Close it there (a spreadsheet, perhaps), and try again.'],
};

const CLOSED: readonly string[] = ['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_WRITE_AFTER_END'];

/** What to throw for a file that could not be written: our error for one of the system's, any other as it is. */
export function unwritable(where: string, file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (isClienteleError(error) || code === undefined) return error;
  const [what, mend] = CAUSES[code] ?? [`${String((error as { message?: unknown }).message)}.`, 'Correct the path, or write to another place.'];
  return new ClienteleError('FILE_UNWRITABLE', { where, file }, `cannot write ${valueText(file)}: ${what}`, mend, error);
}

/** The error for a stream that took no more. */
export function streamFailed(where: string, error: unknown): ClienteleError {
  const place = { where, file: 'stream' };
  if (isClosedPipe(error)) {
    return new ClienteleError('FILE_UNWRITABLE', place, 'the stream was closed before everything was written.', 'Keep its reader open to the end; where stopping early is meant, as in `| head`, take isClosedPipe(error) for success.', error);
  }
  const [what, mend] = CAUSES[codeOf(error) ?? ''] ?? [`${error instanceof Error ? error.message : String(error)}.`, 'See the cause of this error, and mend the stream.'];
  return new ClienteleError('FILE_UNWRITABLE', place, `the stream failed: ${what}`, mend, error);
}

/**
 * True for the error of writing to a pipe or socket whose reader has gone, as in `clientele … --out - | head`.
 *
 * A program that writes to standard output takes it for success, and stops.
 *
 * @example
 * try { await writeCsv(table, process.stdout); }
 * catch (e) { if (!isClosedPipe(e)) throw e; }
 */
export function isClosedPipe(error: unknown): boolean {
  const code = codeOf(isClienteleError(error) ? error.cause : error);
  return code !== undefined && CLOSED.includes(code);
}

/** The error of a write that was called off. */
export function writeAborted(where: string, file: string, signal: AbortSignal): ClienteleError {
  const rest = file === 'stream' ? 'What the stream had taken before stays written.' : 'Nothing of it was kept.';
  return new ClienteleError('ABORTED', { where, file }, `writing to ${valueText(file)} was called off.`, rest, signal.reason);
}

/** The code of one of the system's errors: `'ENOSPC'`. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
