import { open, type FileHandle } from 'node:fs/promises';
import { ClienteleError } from '../../core/index.js';
import type { ByteReader } from '../byte-reader.js';

/**
 * A reader over a file, which puts its bytes straight where they are scanned.
 *
 * @throws ClienteleError `FILE_UNREADABLE` for a file that is not there, may not be read, or is a directory
 */
export async function openFile(where: string, path: string): Promise<ByteReader> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw unreadable(where, path, cause);
  }
  const status = await handle.stat();
  if (status.isDirectory()) {
    await handle.close();
    throw unreadable(where, path, { code: 'EISDIR' });
  }
  return {
    // Pipes and devices have no size.
    totalBytes: status.isFile() ? status.size : undefined,
    read: async (into, from, to) => {
      try {
        return (await handle.read(into, from, to - from, null)).bytesRead;
      } catch (cause) {
        throw unreadable(where, path, cause);
      }
    },
    close: () => handle.close(),
  };
}

const REASONS: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOENT: ['is not there', 'Check the name and the folder.'],
  ENOTDIR: ['is not there', 'Check the name and the folder.'],
  EISDIR: ['is a directory', 'Name a file in it.'],
  EACCES: ['may not be read', 'Ask for the permission to read it, or copy it.'],
  EPERM: ['may not be read', 'Ask for the permission to read it, or copy it.'],
  EBUSY: ['is in use by another program', 'Close it there and try again.'],
  EMFILE: ['cannot be opened: too many files are open', 'Close some, or read fewer at a time.'],
  EIO: ['cannot be read: the disk reports an error', 'Copy the file from its source again.'],
};

function unreadable(where: string, path: string, cause: unknown): ClienteleError {
  const { code, message } = cause as { code?: string; message?: string };
  const [what, mend] = REASONS[code ?? ''] ?? [`cannot be read (${message ?? String(cause)})`, 'Check that the file can be opened.'];
  const folder = code === 'ENOENT' && !/^([/\\]|[A-Za-z]:)/.test(path) ? ` It was looked for from ${process.cwd()}.` : '';
  return new ClienteleError('FILE_UNREADABLE', { where, file: path }, `${path} ${what}.`, `${mend}${folder}`, cause instanceof Error ? cause : undefined);
}
