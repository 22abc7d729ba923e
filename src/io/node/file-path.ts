import { fileURLToPath } from 'node:url';
import { ClienteleError, valueText } from '../../core/index.js';

/**
 * The path of a file that is named by one, or by a `file:` URL.
 *
 * @throws ClienteleError `VALUE_INVALID` for anything else
 */
export function filePath(where: string, path: unknown): string {
  if (typeof path === 'string') return path;
  if (path instanceof URL && path.protocol === 'file:') return fileURLToPath(path);
  const shown = valueText(path);
  throw new ClienteleError('VALUE_INVALID', { where, value: shown }, `${shown} is no file.`, 'Pass a path or a file: URL.');
}
