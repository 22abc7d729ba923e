import { closeSync, openSync, readSync } from 'node:fs';
import type { ParquetFile } from '../parquet-footer.js';
import { readPages, type PageSink } from '../parquet-pages.js';
import type { ParquetType } from '../parquet-type.js';
import { findUnpack } from '../parquet-unpack.js';
import { OWN_UNPACKERS, withParquet } from './parquet-file.js';

/** Columns of a Parquet file, for threads that read them by themselves: plain data. */
export interface ParquetGroups {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ParquetType; readonly optional: boolean }[];
  /** row groups, with a chunk for each column */
  readonly groups: readonly { readonly rows: number; readonly bytes: number; readonly chunks: readonly { readonly from: number; readonly to: number; readonly codec: string }[] }[];
}

/**
 * Where the columns of a file stand; undefined where one is not there, cannot be taken over, or needs the decoders of
 * hyparquet.
 *
 * @throws ClienteleError `FILE_UNREADABLE`, `PEER_MISSING`
 */
export async function parquetGroups(where: string, path: string, name: string | undefined, names: readonly string[]): Promise<ParquetGroups | undefined> {
  return withParquet(where, path, name, (file) => Promise.resolve(groupsOf(file, path, names)));
}

function groupsOf(file: ParquetFile, path: string, names: readonly string[]): ParquetGroups | undefined {
  const columns: ParquetGroups['columns'][number][] = [];
  for (const name of names) {
    const { type, optional } = file.columns.get(name) ?? { type: 'nothing', optional: false };
    if (typeof type === 'string') return undefined;
    columns.push({ name, type, optional });
  }
  const groups: ParquetGroups['groups'][number][] = [];
  for (const group of file.groups.filter(({ rows }) => rows > 0)) {
    const chunks = names.map((name) => group.chunks.get(name));
    if (!chunks.every((chunk) => chunk !== undefined && !chunk.rare)) return undefined;
    const found = chunks.map((chunk) => ({ from: chunk!.from, to: chunk!.to, codec: chunk!.codec }));
    groups.push({ rows: group.rows, bytes: found.reduce((sum, { from, to }) => sum + to - from, 0), chunks: found });
  }
  return { path, rows: file.rows, columns, groups };
}

/** Reads the chunks of columns in this thread, without waiting. */
export interface GroupReader {
  /**
   * Hand the pages of a column of a row group to a sink.
   *
   * @throws whatever is wrong with them, in no words for people
   */
  read(group: number, column: number, sink: PageSink): void;
  close(): void;
}

/** Open the file of {@link ParquetGroups}. */
export function openGroups({ path, columns, groups }: ParquetGroups): GroupReader {
  const file = openSync(path, 'r');
  const unpack = findUnpack('readParquet', path, OWN_UNPACKERS);
  // Pages are read into the same memory again and again.
  let memory = new Uint8Array(0);
  return {
    read: (group, column, sink) => {
      const { rows, chunks } = groups[group]!;
      const { from, to, codec } = chunks[column]!;
      if (memory.length < to - from) memory = new Uint8Array(Math.ceil((to - from) * 1.1));
      const bytes = memory.subarray(0, to - from);
      for (let done = 0; done < bytes.length; ) {
        const got = readSync(file, bytes, done, bytes.length - done, from + done);
        if (got === 0) throw new RangeError('the file became shorter while it was read');
        done += got;
      }
      const { name, optional } = columns[column]!;
      readPages(bytes, { rows, optional, unpack: unpack(codec, name) }, sink);
    },
    close: () => closeSync(file),
  };
}
