import type * as HyparquetWriter from 'hyparquet-writer';
import type { Table } from '../columns/index.js';
import { parquetColumn } from './parquet-column-data.js';
import { parquetPeer } from './parquet-unpack.js';
import { NOTE_KEY } from './table-note.js';

/** How a table is laid out as Parquet. */
export interface ParquetLayout {
  readonly codec: 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED';
  /** packs pages, where the codec is not one that hyparquet-writer has itself */
  readonly pack?: (bytes: Uint8Array) => Uint8Array;
  readonly rowGroupRows: number;
}

/**
 * A table as a Parquet file in chunks, one per row group and the footer.
 *
 * @param note what `tableNote` says of the table
 * @throws ClienteleError (at the first chunk) `PEER_MISSING`
 */
export function* parquetChunks(where: string, table: Table, note: string, { codec, pack, rowGroupRows }: ParquetLayout): Generator<Uint8Array, void, undefined> {
  const { ByteWriter, ParquetWriter } = parquetPeer(where, 'hyparquet-writer', 'writes Parquet') as typeof HyparquetWriter;
  const columns = Array.from(table.entries(), ([name, column]) => parquetColumn(name, column));
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [{ name: 'schema', num_children: columns.length }, ...columns.map(({ element }) => element)],
    codec,
    ...(pack === undefined ? {} : { compressors: { [codec]: pack } }),
    kvMetadata: [{ key: NOTE_KEY, value: note }],
    createdBy: 'clientele',
  });
  const written = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  for (let row = 0; row < table.numRows; row += rowGroupRows) {
    const rows = Math.min(rowGroupRows, table.numRows - row);
    void file.write({ columnData: columns.map(({ element, encoding, values }) => ({ name: element.name, data: values(row, row + rows), ...(encoding === undefined ? {} : { encoding }) })), rowGroupSize: rows });
    yield written();
  }
  void file.finish();
  yield written();
}

