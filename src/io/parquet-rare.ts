import type { FileMetaData, ParquetType as Physical } from 'hyparquet';
import { PLAIN, type PageSink, type Unpack } from './parquet-pages.js';
import { asyncBuffer, type ParquetFile, type ParquetGroup } from './parquet-footer.js';

/** A column of a row group, and how its pages are unpacked. */
export interface RareChunk {
  readonly group: ParquetGroup;
  readonly column: string;
  readonly codec: string;
  readonly unpack: Unpack;
}

/**
 * Read one column of a row group whose encoding is not one of the usual by hyparquet's own decoder, and hand its values
 * to a sink as if they were plain.
 *
 * @throws whatever hyparquet throws
 */
export async function readRarePages(file: ParquetFile, { group, column, codec, unpack }: RareChunk, sink: PageSink): Promise<void> {
  const element = file.metadata.schema.find(({ name }, i) => i > 0 && name === column);
  const parts: { from: number; values: ArrayLike<unknown> }[] = [];
  await file.hyparquet.parquetRead({
    file: asyncBuffer(file.bytes),
    metadata: physicalOnly(file.metadata),
    columns: [column],
    rowStart: group.firstRow,
    rowEnd: group.firstRow + group.rows,
    utf8: false,
    geoparquet: false,
    compressors: { [codec]: unpack },
    onChunk: ({ rowStart, columnData }) => parts.push({ from: rowStart, values: columnData }),
  });
  parts.sort((a, b) => a.from - b.from);
  const rows = parts.reduce((sum, { values }) => sum + values.length, 0);
  if (rows !== group.rows) throw new RangeError(`there are ${rows} rows, not ${group.rows}`);
  for (const { values } of parts) handOver(values, element?.type ?? 'BYTE_ARRAY', sink);
}

/** The same file without a word of what its values mean, so that they come as they are kept. */
function physicalOnly(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    const physical = { ...element };
    delete physical.converted_type;
    delete physical.logical_type;
    return physical;
  });
  return { ...metadata, schema };
}

function handOver(values: ArrayLike<unknown>, type: Physical, sink: PageSink): void {
  const present = Int32Array.from(values, (value) => (value === null || value === undefined ? 0 : 1));
  const kept = Array.from(values).filter((value) => value !== null && value !== undefined);
  const bytes = plainBytes(kept, type);
  sink.page({ rows: values.length, present: kept.length === values.length ? undefined : present, values: kept.length, encoding: PLAIN, bytes, from: 0 });
}

/** Values in the format's plain encoding. */
function plainBytes(values: readonly unknown[], type: Physical): Uint8Array {
  switch (type) {
    case 'INT32':
      return bytesOf(Int32Array.from(values as number[]));
    case 'INT64':
      return bytesOf(BigInt64Array.from(values as bigint[]));
    case 'FLOAT':
      return bytesOf(Float32Array.from(values as number[]));
    case 'DOUBLE':
      return bytesOf(Float64Array.from(values as number[]));
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      return joined(values as Uint8Array[], type === 'BYTE_ARRAY');
    default:
      throw new RangeError(`${type} values in an encoding that is not for them`);
  }
}

function bytesOf(data: Int32Array | BigInt64Array | Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(data.buffer);
}

function joined(values: readonly Uint8Array[], withLengths: boolean): Uint8Array {
  const prefix = withLengths ? 4 : 0;
  const bytes = new Uint8Array(values.reduce((sum, value) => sum + value.length + prefix, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const value of values) {
    if (withLengths) view.setUint32(at, value.length, true);
    bytes.set(value, at + prefix);
    at += prefix + value.length;
  }
  return bytes;
}

