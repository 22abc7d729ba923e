import type * as Flechette from '@uwdata/flechette';
import { ClienteleError, loadPeer, valueText } from '../core/index.js';
import type { ArrowTable, ArrowVector } from './arrow-batches.js';

/** The module `@uwdata/flechette`, as far as it is used here. */
export type FlechetteModule = Pick<typeof Flechette, 'batchType' | 'bool' | 'Column' | 'dateDay' | 'dictionary' | 'field' | 'float64' | 'int32' | 'Table' | 'tableFromIPC' | 'tableToIPC' | 'timestamp' | 'utf8'>;

/** Where the module is needed and cannot be looked up: in browsers and bundles. */
export interface FlechetteOption {
  /** the module itself, `import * as flechette from '@uwdata/flechette'` */
  readonly flechette?: FlechetteModule;
}

/** An Arrow table of flechette or apache-arrow, or the bytes of an Arrow stream or file. */
export type ArrowInput = ArrowTable | Uint8Array | ArrayBuffer;

/**
 * The module given, or the one installed.
 *
 * @throws ClienteleError `PEER_MISSING` with the line that installs it
 */
export function flechetteOf(where: string, { flechette }: FlechetteOption): FlechetteModule {
  return flechette ?? (loadPeer(where, '@uwdata/flechette', 'npm install @uwdata/flechette@2.6.0', '{ flechette }') as FlechetteModule);
}

/**
 * The table itself, or that of IPC bytes.
 *
 * @throws ClienteleError `FILE_UNREADABLE` for bytes that are no Arrow, or cut off; `VALUE_INVALID` for anything else
 */
export function arrowTable(where: string, input: ArrowInput, options: FlechetteOption): ArrowTable {
  if (input instanceof ArrayBuffer) return fromBytes(where, new Uint8Array(input), options);
  if (input instanceof Uint8Array) return fromBytes(where, input, options);
  if (typeof input === 'object' && input !== null && typeof input.getChildAt === 'function' && Array.isArray(input.schema?.fields)) return input;
  throw new ClienteleError('VALUE_INVALID', { where, value: valueText(typeof input) }, 'this is no Arrow table.', 'Pass a table of flechette or apache-arrow, or the bytes of an Arrow stream or file.');
}

/** A table's columns by name; of two with one name the first. */
export function arrowColumns(where: string, table: ArrowTable): Map<string, ArrowVector> {
  const columns = new Map<string, ArrowVector>();
  table.schema.fields.forEach(({ name }, i) => {
    const column = table.getChildAt(i) as Partial<ArrowVector> | null | undefined;
    if (typeof column?.type?.typeId !== 'number' || !Array.isArray(column.data)) {
      throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} is no Arrow column.`, 'Pass a table of flechette 2 or apache-arrow 15 and later.');
    }
    if (!columns.has(name)) columns.set(name, column as ArrowVector);
  });
  return columns;
}

const MAGIC = 'ARROW1';

function fromBytes(where: string, bytes: Uint8Array, options: FlechetteOption): ArrowTable {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length === 0) throw noArrow(where, 'there are no bytes');
  if (text(0, 4) === 'FEA1') throw noArrow(where, 'the bytes are a Feather file of version 1', 'Write it as Feather version 2, which is an Arrow file.');
  if (text(0, 4) === 'PAR1') throw noArrow(where, 'the bytes are a Parquet file', 'Read it with readParquet from clientele/node.');
  if (text(0, 6) === MAGIC && text(bytes.length - 6, bytes.length) !== MAGIC) throw noArrow(where, 'the Arrow file is cut off', 'Copy it again, or wait until its export has finished.');
  const { tableFromIPC } = flechetteOf(where, options);
  try {
    // Its arrays are laid over the bytes, which must begin at a multiple of 8.
    return tableFromIPC(bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)) as unknown as ArrowTable;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw noArrow(where, `the bytes are no Arrow stream or file, or are cut off (${reason})`, /codec|compress/i.test(reason) ? 'Write it without compression, or give flechette its codec by setCompressionCodec.' : undefined, cause);
  }
}

function noArrow(where: string, what: string, mend = 'Pass what an Arrow writer wrote, whole.', cause?: unknown): ClienteleError {
  return new ClienteleError('FILE_UNREADABLE', { where }, `${what}.`, mend, cause);
}
