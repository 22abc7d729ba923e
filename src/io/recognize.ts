import { ClienteleError } from '../core/index.js';

interface Kind {
  readonly magic: readonly number[];
  readonly what: string;
  readonly mend: string;
}

const AS_CSV = 'Open it and save it as "CSV UTF-8".';

/** Files that are not CSV, by their first bytes. */
const KINDS: readonly Kind[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], what: 'is a spreadsheet (.xlsx) or a zip file', mend: `${AS_CSV} A zip file is to be unpacked first.` },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], what: 'is an old spreadsheet (.xls)', mend: AS_CSV },
  { magic: [0x50, 0x41, 0x52, 0x31], what: 'is a Parquet file', mend: 'Read it with readParquet from clientele/node, or convert it to CSV.' },
  { magic: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: 'is an Arrow file', mend: 'Read it with fromArrow from clientele/arrow, or convert it to CSV.' },
  { magic: [0x25, 0x50, 0x44, 0x46], what: 'is a PDF', mend: 'Export the data itself as CSV.' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'is packed by zstd', mend: 'Unpack it first; gzip is unpacked on the way.' },
  { magic: [0x42, 0x5a, 0x68], what: 'is packed by bzip2', mend: 'Unpack it first; gzip is unpacked on the way.' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'is packed by xz', mend: 'Unpack it first; gzip is unpacked on the way.' },
];

const LOOKED_AT = 4096;

/**
 * Refuse what is known not to be CSV in UTF-8: spreadsheets, Parquet, archives, binary files, JSON, HTML.
 *
 * @param bytes the file's first bytes, up to `end`
 * @throws ClienteleError `FILE_UNREADABLE` saying what it is and what to do
 */
export function refuseOtherFormats(where: string, file: string | undefined, bytes: Uint8Array, end: number): void {
  const refuse = (what: string, mend: string): ClienteleError => new ClienteleError('FILE_UNREADABLE', { where, ...(file === undefined ? {} : { file }) }, `${file ?? 'the input'} ${what}.`, mend);
  for (const { magic, what, mend } of KINDS) {
    if (end >= magic.length && magic.every((byte, i) => bytes[i] === byte)) throw refuse(what, mend);
  }
  const zero = bytes.subarray(0, Math.min(end, LOOKED_AT)).indexOf(0);
  if (zero >= 0) throw refuse('is a binary file, or text in UTF-16', "Export the data as CSV in UTF-8, or pass encoding: 'utf-16le'.");
  const begin = new TextDecoder().decode(bytes.slice(0, Math.min(end, 200))).trimStart();
  if (/^(\{|\[\s*[{[])/.test(begin)) throw refuse('is JSON', 'Read it with JSON.parse (NDJSON line by line) and pass the rows to fromRows.');
  if (/^<(!doctype|html|\?xml|table|workbook)/i.test(begin)) throw refuse('is HTML or XML', `${AS_CSV} A download may also have answered with an error page.`);
}

/** The error for a file that is not UTF-8. */
export function notUtf8(where: string, file: string | undefined, line: number): ClienteleError {
  return new ClienteleError('FILE_UNREADABLE', { where, line, ...(file === undefined ? {} : { file }) }, `${file ?? 'the input'}, line ${line}: the text is not in the encoding UTF-8.`, 'Save it as "CSV UTF-8", or name its encoding, as in encoding: \'windows-1252\' (\'gb18030\' for Chinese files).');
}
