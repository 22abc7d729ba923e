import { ClienteleError, isClienteleError, valueText } from '../core/index.js';
import type { ForeignValues } from './foreign-values.js';
import { damagedParquet, type ParquetFile, type ParquetGroup } from './parquet-footer.js';
import { numberSink, type ColumnSink } from './parquet-numbers.js';
import { readPages } from './parquet-pages.js';
import { readRarePages } from './parquet-rare.js';
import { NotText } from './parquet-spans.js';
import { textSink } from './parquet-texts.js';
import type { Watch } from './watch.js';

/** A column asked for. */
export interface AskedColumn {
  readonly name: string;
  /** how text is wanted; `'either'` leaves it to how the file keeps it */
  readonly text: 'text' | 'category' | 'either';
}

/**
 * The values of columns, read row group by row group; nothing else of the file is touched.
 *
 * @param asked names that the file has
 * @throws ClienteleError `VALUE_INVALID` for a column whose kind cannot be taken over; `FILE_UNREADABLE` for damaged
 *   bytes and codecs that cannot be unpacked; `PEER_MISSING`; `ABORTED`
 *
 * Method: pages are decoded straight into the columns' arrays, 60 ns a row of text id, date and amount.
 */
export async function readParquetColumns(file: ParquetFile, asked: readonly AskedColumn[], watch: Watch): Promise<ForeignValues[]> {
  const sinks = asked.map((column) => sinkOf(file, column));
  const sizes = file.groups.map((group) => asked.map(({ name }) => sizeOf(group, name)));
  const totalBytes = sizes.flat().reduce((sum, size) => sum + size, 0);
  let bytes = 0;
  for (const [g, group] of file.groups.entries()) {
    for (const [i, { name }] of asked.entries()) {
      await readChunk(file, group, g, name, sinks[i]!, watch);
      bytes += sizes[g]![i]!;
      await watch.pause({ bytes, totalBytes, rows: i === asked.length - 1 ? group.firstRow + group.rows : group.firstRow });
    }
  }
  return sinks.map((sink) => sink.finish());
}

function sinkOf({ place, columns, rows }: ParquetFile, { name, text }: AskedColumn): ColumnSink {
  const type = columns.get(name)?.type;
  if (type === undefined || typeof type === 'string') {
    throw new ClienteleError('VALUE_INVALID', { where: place.where, column: name, ...(place.file === undefined ? {} : { file: place.file }) }, `column ${valueText(name)} holds ${type ?? 'nothing'}.`, 'Leave it out, or turn it into text or numbers where the file is written.');
  }
  return type.is === 'text' || type.is === 'uuid' ? textSink(type, rows, text) : numberSink(type, rows);
}

function sizeOf(group: ParquetGroup, name: string): number {
  const chunk = group.chunks.get(name);
  return chunk === undefined ? 0 : chunk.to - chunk.from;
}

async function readChunk(file: ParquetFile, group: ParquetGroup, number: number, name: string, sink: ColumnSink, watch: Watch): Promise<void> {
  const chunk = group.chunks.get(name);
  if (chunk === undefined) throw damagedParquet(file.place, `row group ${number} lacks column ${valueText(name)}`);
  if (group.rows === 0) return;
  const unpack = file.unpack(chunk.codec, name);
  try {
    if (chunk.rare) return await watch.until(readRarePages(file, { group, column: name, codec: chunk.codec, unpack }, sink));
    const bytes = await watch.until(file.bytes.read(chunk.from, chunk.to));
    readPages(bytes, { rows: group.rows, optional: file.columns.get(name)!.optional, unpack }, sink);
  } catch (cause) {
    if (isClienteleError(cause)) throw cause;
    if (cause instanceof NotText) {
      throw new ClienteleError('VALUE_INVALID', { where: file.place.where, column: name }, `column ${valueText(name)} holds bytes that are no text in UTF-8.`, 'Turn it into text where the file is written, or leave it out.');
    }
    throw damagedParquet(file.place, `row group ${number}, column ${valueText(name)} (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
}
