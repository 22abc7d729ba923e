import { ClienteleError } from '../core/index.js';

const LONGEST_STRING = 0x1fffffe8;      // V8's limit in UTF-16 units; no text has more units than bytes

/**
 * Chunks of UTF-8 as one text, a byte order mark kept.
 *
 * @throws ClienteleError `VALUE_INVALID` where the text passes about 512 MB
 */
export function joinChunks(where: string, chunks: Iterable<Uint8Array>): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let units = 0;
  for (const chunk of chunks) {
    const part = decoder.decode(chunk, { stream: true });
    units += part.length;
    if (units > LONGEST_STRING) {
      throw new ClienteleError('VALUE_INVALID', { where }, 'the text passes the longest string JavaScript can hold (512 MB).', 'Take it in chunks (csvChunks, jsonChunks), or write it to a file.');
    }
    parts.push(part);
  }
  parts.push(decoder.decode());
  return parts.join('');
}
