import { columnLength, concatColumns, takeColumn, type Column } from '../columns/index.js';
import { checkSomeLeft, csvGroups, finishLog, newReading, type CsvDoor, type CsvGroup, type CsvReading, type CsvReadingOptions, type WantedColumn } from '../io/index.js';
import { Customers, summarize, type SummarizeOptions, type Transactions } from '../transactions/index.js';
import { ClienteleError } from '../core/index.js';
import type { ColumnSource } from './column-scanner.js';
import { newCrew } from './crew.js';
import { inlineCrew } from './inline-crew.js';
import { PARTITION_BITS, planJob, runJob, Unfit, type Job, type RowSupply } from './job.js';
import { BLOCK_SLOTS } from './row-blocks.js';
import type { RowRules } from './scan-plain-rows.js';
import { shareArray } from './share.js';

/** How a source that is read once is summarized. */
export interface GroupsTuning {
  readonly threads: number;
  readonly rules: RowRules;
  /** bytes of the source read together; set by tests, which need many small groups */
  readonly groupBytes?: number;
}

/** Bytes of the source read together. */
const GROUP_BYTES = 64 << 20;
const ROWS_A_CHUNK = 1 << 17;
/** Bytes that a group can have beyond that: of the block that fills it up. */
const BLOCK_BYTES = 2 << 20;
/** Chunks that can be counted: two thousand million rows. */
const MOST_CHUNKS = 1 << 14;
/** No row has fewer bytes; and none takes more slots than its bytes over this: one with its order and an odd amount has 14 bytes and 3 slots. */
const BYTES_A_ROW = 8, BYTES_A_SLOT = 4;

/**
 * One row per customer of a source that can be read only once, such as a stream or a packed file: read in groups of
 * rows by the reader that knows all forms, each group folded by the threads while the next is read.
 *
 * Memory grows with customers, and 12 bytes each for every 96 days: purchases may turn out to stand out of order when
 * the rows before are gone. A source of one group is summarized in memory.
 *
 * @throws ClienteleError what `readCsv` and `summarize` throw; `FILE_UNREADABLE` where a row that only the other way can
 *   take comes after the first group
 */
export async function summarizeGroups(door: CsvDoor, wanted: readonly WantedColumn[], options: CsvReadingOptions, summarizing: SummarizeOptions, { threads, rules, groupBytes = GROUP_BYTES }: GroupsTuning): Promise<Customers> {
  const reading = newReading(door, options);
  const groups = csvGroups(door, wanted, options, reading, groupBytes);
  try {
    const first = (await groups.next()).value!;
    if (first.last) return inMemory([first], wanted, reading, summarizing);
    const supply = newSupply(first, groups, wanted, reading, rules, summarizing.frequency !== 'days');
    const customers = await foldGroups(supply, options, summarizing, reading, { threads, rules, groupBytes });
    return customers ?? inMemory(await supply.rest(), wanted, reading, summarizing);
  } finally {
    await groups.return();
  }
}

async function foldGroups(supply: GroupSupply, options: CsvReadingOptions, summarizing: SummarizeOptions, { settings }: CsvReading, { threads, rules, groupBytes = GROUP_BYTES }: GroupsTuning): Promise<Customers | undefined> {
  const where = 'summarizeCsv';
  const job: Job = {
    where, files: [], onBadRow: settings.onBadRow, summarizing, ids: 'text', rules, withOrders: supply.withOrders, source: settings.source, timeZone: undefined,
    supply, threads, memoryLimit: 0, chunkBytes: 0, totalBytes: 0, slotsNeeded: 0, inline: threads === 1, again: false, onProgress: undefined,
  };
  const bytes = groupBytes + BLOCK_BYTES;
  const partlyFilled = Math.ceil(bytes / BYTES_A_ROW / ROWS_A_CHUNK) << PARTITION_BITS;
  const crew = threads === 1 ? inlineCrew(where, options.signal) : newCrew('log', threads, where, options.signal);
  const plan = planJob(undefined, MOST_CHUNKS, job, Math.ceil(bytes / BYTES_A_SLOT / BLOCK_SLOTS) + partlyFilled, crew.memory);
  try {
    return await runJob(job, plan, crew, true);
  } catch (e) {
    if (!(e instanceof Unfit)) throw e;
    if (supply.isAtFirst()) return undefined;
    throw new ReadOnce(e.message);
  } finally {
    await crew.close();
  }
}

/** A source that turned out too late to need the other way. */
export class ReadOnce extends ClienteleError {
  constructor(what: string) {
    super('FILE_UNREADABLE', { where: 'summarizeCsv' }, `the source can be read only once, and behind its first rows holds ${what}.`, 'Save it to a file first, or use summarize(await readCsv(…)).');
  }
}

interface GroupSupply extends RowSupply {
  /** whether order ids are among its columns */
  readonly withOrders: boolean;
  /** whether all groups read so far are still at hand */
  isAtFirst(): boolean;
  /** all groups; only while the first is still at hand */
  rest(): Promise<CsvGroup[]>;
}

/** Groups as rounds of a job: while the threads take one, the next is read. */
function newSupply(first: CsvGroup, groups: AsyncGenerator<CsvGroup, void, undefined>, wanted: readonly WantedColumn[], { settings, refusals }: CsvReading, rules: RowRules, countOrders: boolean): GroupSupply {
  const at = (role: string): number => wanted.findIndex((w) => w.role === role);
  const places = { customer: at('customer'), date: at('date'), amount: at('amount'), order: countOrders ? at('order') : -1 };
  let round = 0;
  let read = first.rows;
  let refusedBefore = 0;
  let upcoming: Promise<CsvGroup | undefined> = Promise.resolve(first);
  const readOn = (): Promise<CsvGroup | undefined> => {
    const next = groups.next().then(({ value }) => value ?? undefined);
    next.catch(() => undefined);                 // heard by who awaits it next
    return next;
  };
  return {
    withOrders: places.order !== -1,
    isAtFirst: () => round === 1,
    next: async () => {
      const group = (await upcoming)!;
      if (round++ > 0) read += group.rows;
      const refused = refusals.rows.filter((row) => row >= read - group.rows).map((row) => row - (read - group.rows));
      refusedBefore += refused.length;
      const source = await sharedGroup(withoutRows(group, refused), places, rules);
      if (!group.last) upcoming = readOn();
      return { columns: source, chunks: Math.max(1, Math.ceil(source.rows / ROWS_A_CHUNK)), last: group.last };
    },
    found: () => {
      checkSomeLeft(read, refusals, settings.where);
      return { read, timesRefused: refusedBefore, refused: refusals.kept, timeZone: settings.clock.sawInstant ? settings.clock.zone.name : undefined };
    },
    rest: async () => {
      const all = [first];
      for (let group = await upcoming; group !== undefined; group = group.last ? undefined : await readOn()) all.push(group);
      return all;
    },
  };
}

function withoutRows({ columns, rows }: CsvGroup, refused: readonly number[]): readonly Column[] {
  if (refused.length === 0) return columns;
  const out = new Set(refused);
  const kept = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => !out.has(row));
  return columns.map((column) => takeColumn(column, kept));
}

async function sharedGroup(columns: readonly Column[], places: { readonly customer: number; readonly date: number; readonly amount: number; readonly order: number }, rules: RowRules): Promise<ColumnSource> {
  const shared = async (array: Float64Array | Int32Array | Uint8Array): Promise<SharedArrayBuffer> => (await shareArray(array)).buffer as SharedArrayBuffer;
  const texts = async (place: number): Promise<NonNullable<ColumnSource['order']>> => {
    const { data, offsets, valid } = columns[place] as Extract<Column, { type: 'text' }>;
    return { data: await shared(data), offsets: await shared(offsets), valid: valid === undefined ? undefined : await shared(valid) };
  };
  return {
    kind: 'columns', rows: columnLength(columns[places.date]!), rowsPerChunk: ROWS_A_CHUNK, partitionBits: PARTITION_BITS, rules,
    customer: { kind: 'text', ...(await texts(places.customer)) },
    dates: await shared((columns[places.date] as Extract<Column, { type: 'date' }>).data),
    amounts: await shared((columns[places.amount] as Extract<Column, { type: 'number' }>).data),
    ...(places.order === -1 ? {} : { order: await texts(places.order) }),
  };
}

function inMemory(groups: readonly CsvGroup[], wanted: readonly WantedColumn[], { settings, refusals }: CsvReading, summarizing: SummarizeOptions): Customers {
  const columns = wanted.map((_, c) => concatColumns(groups.map((group) => group.columns[c]!))!);
  const log: Transactions = finishLog(wanted, columns, groups.reduce((sum, group) => sum + group.rows, 0), refusals, settings);
  const customers = summarize(log, summarizing);
  return new Customers(customers.entries(), customers.meta, { ...customers.diagnostics, method: 'in-memory' }, customers.state);
}
