import type * as Hyparquet from 'hyparquet';
import { ClienteleError } from '../core/index.js';
import { parquetType, type ParquetType } from './parquet-type.js';
import { findUnpack, parquetPeer, type FindUnpack, type Unpackers } from './parquet-unpack.js';

/** A file's bytes, read piece by piece. */
export interface ParquetBytes {
  readonly byteLength: number;
  /** the bytes `from … to`; all of them, or an error */
  read(from: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Where a Parquet read takes place, for messages. */
export interface ParquetPlace {
  /** the public function */
  readonly where: string;
  readonly file: string | undefined;
}

/** A column as the file's schema says it. */
export interface ParquetColumn {
  /** its type, or in words what it holds that cannot be taken over */
  readonly type: ParquetType | string;
  readonly optional: boolean;
}

/** A column's bytes in one row group. */
export interface ParquetChunk {
  readonly from: number;
  readonly to: number;
  readonly codec: string;
  /** encoded in a way left to hyparquet */
  readonly rare: boolean;
}

export interface ParquetGroup {
  readonly firstRow: number;
  readonly rows: number;
  readonly chunks: ReadonlyMap<string, ParquetChunk>;
}

/** An opened Parquet file: what its footer says, and how it is read on. */
export interface ParquetFile {
  readonly place: ParquetPlace;
  readonly hyparquet: typeof Hyparquet;
  readonly bytes: ParquetBytes;
  readonly unpack: FindUnpack;
  readonly metadata: Hyparquet.FileMetaData;
  readonly rows: number;
  /** by name, in the file's order */
  readonly columns: ReadonlyMap<string, ParquetColumn>;
  readonly groups: readonly ParquetGroup[];
  /** what programs have noted beside the data, by key */
  readonly notes: ReadonlyMap<string, string>;
}

/**
 * Read the footer of a Parquet file.
 *
 * @param own unpackers that the platform has itself
 * @throws ClienteleError `FILE_UNREADABLE` for what is no Parquet file, cut off, damaged or encrypted; `PEER_MISSING`
 */
export async function openParquet(place: ParquetPlace, bytes: ParquetBytes, own: Unpackers): Promise<ParquetFile> {
  const hyparquet = parquetPeer(place.where, 'hyparquet') as typeof Hyparquet;
  const metadata = await readMetadata(place, bytes, hyparquet);
  const unpack = findUnpack(place.where, place.file, own);
  const notes = new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''] as const));
  try {
    return { place, hyparquet, bytes, unpack, metadata, notes, columns: columnsOf(metadata, hyparquet), ...groupsOf(place, bytes, metadata) };
  } catch (cause) {
    throw cause instanceof ClienteleError ? cause : footerUnreadable(place, cause);
  }
}

function columnsOf(metadata: Hyparquet.FileMetaData, { parquetSchema }: typeof Hyparquet): Map<string, ParquetColumn> {
  const columns = new Map<string, ParquetColumn>();
  for (const { element, children } of parquetSchema(metadata).children) {
    if (typeof element.name !== 'string') throw new RangeError('a column has no name');
    const type = children.length > 0 ? 'records or lists' : parquetType(element);
    if (!columns.has(element.name)) columns.set(element.name, { type, optional: element.repetition_type === 'OPTIONAL' });
  }
  return columns;
}

function groupsOf(place: ParquetPlace, bytes: ParquetBytes, metadata: Hyparquet.FileMetaData): { groups: ParquetGroup[]; rows: number } {
  const groups: ParquetGroup[] = [];
  let firstRow = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (rows < 0) throw damagedParquet(place, `a row group has ${rows} rows`);
    groups.push({ firstRow, rows, chunks: chunksOf(place, bytes, group) });
    firstRow += rows;
  }
  if (firstRow !== Number(metadata.num_rows) || firstRow > MOST_ROWS) throw damagedParquet(place, `it should have ${metadata.num_rows} rows, and its row groups have ${firstRow}`);
  return { groups, rows: firstRow };
}

/** The error for a file that cannot be read. */
export function unreadableParquet({ where, file }: ParquetPlace, what: string, mend: string, cause?: unknown): ClienteleError {
  return new ClienteleError('FILE_UNREADABLE', { where, ...(file === undefined ? {} : { file }) }, `${file ?? 'the Parquet data'} ${what}.`, mend, cause);
}

/** The error for a file that is not what it says. */
export function damagedParquet(place: ParquetPlace, what: string, cause?: unknown): ClienteleError {
  return unreadableParquet(place, `is damaged: ${what}`, 'Copy it from its source again, or export it anew.', cause);
}

async function readMetadata(place: ParquetPlace, bytes: ParquetBytes, hyparquet: typeof Hyparquet): Promise<Hyparquet.FileMetaData> {
  try {
    return await hyparquet.parquetMetadataAsync(asyncBuffer(bytes), { geoparquet: false });
  } catch (cause) {
    if (cause instanceof ClienteleError) throw cause;
    throw await whyNoFooter(place, bytes, cause);
  }
}

/** A file as hyparquet reads it. */
export function asyncBuffer(bytes: ParquetBytes): Hyparquet.AsyncBuffer {
  return {
    byteLength: bytes.byteLength,
    slice: async (from, to = bytes.byteLength) => {
      const { buffer, byteOffset, byteLength } = await bytes.read(from, to);
      return byteLength === buffer.byteLength ? buffer as ArrayBuffer : buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    },
  };
}

async function whyNoFooter(place: ParquetPlace, bytes: ParquetBytes, cause: unknown): Promise<ClienteleError> {
  if (bytes.byteLength === 0) return unreadableParquet(place, 'is empty', 'Check that the export has finished.');
  const magic = async (from: number): Promise<string> => String.fromCharCode(...await bytes.read(Math.max(from, 0), Math.min(from + 4, bytes.byteLength)));
  const [begin, end] = [await magic(0), await magic(bytes.byteLength - 4)];
  if (end === 'PARE') return unreadableParquet(place, 'is encrypted', 'Export it without encryption.');
  if (begin !== 'PAR1') return unreadableParquet(place, 'is no Parquet file', 'For CSV there is readCsv, for Arrow fromArrow in clientele/arrow.');
  if (end !== 'PAR1') return unreadableParquet(place, 'is cut off: its footer is missing', 'Copy it again, or wait until its export has finished.', cause);
  return footerUnreadable(place, cause);
}

function footerUnreadable(place: ParquetPlace, cause: unknown): ClienteleError {
  return damagedParquet(place, `its footer cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, cause);
}

/** More do not fit into a column. */
const MOST_ROWS = 0x7fffffff;

const RARE: readonly string[] = ['DELTA_BINARY_PACKED', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'BYTE_STREAM_SPLIT'];

/** The flat columns' chunks by name. */
function chunksOf(place: ParquetPlace, bytes: ParquetBytes, group: Hyparquet.RowGroup): Map<string, ParquetChunk> {
  const chunks = new Map<string, ParquetChunk>();
  for (const { meta_data: column, file_path: elsewhere } of group.columns) {
    if (column === undefined) throw unreadableParquet(place, 'has encrypted columns', 'Export it without encryption.');
    const [name] = column.path_in_schema;
    if (name === undefined || column.path_in_schema.length > 1 || chunks.has(name)) continue;
    if (elsewhere !== undefined && elsewhere !== '') throw unreadableParquet(place, `keeps its data in another file (${elsewhere})`, 'Write it as one file.');
    if (column.num_values !== group.num_rows) throw damagedParquet(place, `column ${JSON.stringify(name)} has ${column.num_values} values in ${group.num_rows} rows`);
    const dictionary = Number(column.dictionary_page_offset ?? 0);
    const data = Number(column.data_page_offset);
    const from = dictionary > 0 && dictionary < data ? dictionary : data;
    const to = from + Number(column.total_compressed_size);
    if (!(from >= 4 && to >= from && to <= bytes.byteLength)) throw damagedParquet(place, `column ${JSON.stringify(name)} lies outside the file`);
    chunks.set(name, { from, to, codec: column.codec, rare: column.encodings.some((encoding) => RARE.includes(encoding)) });
  }
  return chunks;
}
