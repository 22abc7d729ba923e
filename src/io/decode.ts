import { ClienteleError, optionInvalid } from '../core/index.js';
import { readerChunks, type ByteReader } from './byte-reader.js';
import { chunksReader } from './chunks-reader.js';

/** Byte order marks, and the encodings they stand for; that of UTF-8 is no reason to decode. */
const MARKS: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
];

/** Bytes looked at for a mark. */
export const MARK_BYTES = 4;

/**
 * Check the option `encoding`.
 *
 * @returns the engine's own name for it; undefined for UTF-8, which is read as it is
 * @throws ClienteleError `OPTION_INVALID` for an encoding the engine does not know
 */
export function checkEncoding(where: string, encoding: unknown): string | undefined {
  if (encoding === undefined) return undefined;
  try {
    const name = new TextDecoder(String(encoding)).encoding;
    return name === 'utf-8' ? undefined : name;
  } catch {
    throw optionInvalid(where, 'encoding', encoding, "Name an encoding: 'utf-8', 'gb18030', 'utf-16le', 'windows-1252', 'big5', 'shift_jis'.");
  }
}

/** The encoding of bytes that begin so: by their mark, else the one given; undefined is UTF-8. */
export function encodingOf(head: Uint8Array, given: string | undefined): string | undefined {
  return MARKS.find(([mark]) => mark.every((byte, i) => head[i] === byte))?.[1] ?? given;
}

/** A reader over the same text in UTF-8; what is not in the encoding is an error that names it. */
export function decodedReader(where: string, file: string | undefined, reader: ByteReader, encoding: string): ByteReader {
  const inner = chunksReader(where, decodedChunks(where, file, reader, encoding));
  return { ...inner, close: () => reader.close() };
}

async function* decodedChunks(where: string, file: string | undefined, reader: ByteReader, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const text = (chunk?: Uint8Array): Uint8Array => {
    try {
      return encoder.encode(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    } catch (cause) {
      throw new ClienteleError('FILE_UNREADABLE', { where, ...(file === undefined ? {} : { file }) }, `${file ?? 'the input'} is not in the encoding ${encoding}.`, 'Save it as "CSV UTF-8", or name its encoding: encoding.', cause);
    }
  };
  for await (const chunk of readerChunks(reader)) yield text(chunk);
  yield text();
}
