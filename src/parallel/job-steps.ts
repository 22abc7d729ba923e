import type { Refusal } from '../core/index.js';
import { newAppearanceNotes, type Appearances, type CustomerTotals } from './appearances.js';
import { emptyPartition, finishPartition, foldRows, keepDayBits, leaveMemory, lendDayBits, noSpare, sharedRest, type Partition, type Spare } from './partition.js';
import { placeCustomers, type PlacedPartition, type PlaceOrder } from './place.js';
import { beginChunk, BLOCKS_AT_ONCE, endChunk, hasRoomFor, LIST_WORDS, viewRowBlocks, type RowBlocksMemory, type RowWriter } from './row-blocks.js';
import { newColumnScanner, type ColumnSource } from './column-scanner.js';
import { newFileScanner, type FileSource } from './file-scanner.js';
import type { GroupIds } from './group-ids.js';
import { rehearse } from './rehearse.js';
import { newRowGroupScanner, type RowGroupSource } from './row-group-scanner.js';
import type { ScanCounts } from './scan-plain-rows.js';

/** What every thread of a job is given: plain data and shared memory. */
export interface JobPlan {
  /** absent where the rows come with each round */
  readonly source: FileSource | ColumnSource | RowGroupSource | undefined;
  readonly chunks: number;
  readonly partitionBits: number;
  /** whether orders are counted by their ids */
  readonly withOrders: boolean;
  readonly threads: number;
  readonly rows: RowBlocksMemory;
  /** list of blocks per chunk and partition */
  readonly lists: SharedArrayBuffer;
  /** next chunk to be claimed */
  readonly claims: SharedArrayBuffer;
  /** next partition to be claimed for good */
  readonly folds: SharedArrayBuffer;
  /** rows per day */
  readonly rowsOnDay: SharedArrayBuffer;
}

/** Where the rows of a job come from: scans one chunk at a time into its partitions. */
export interface Scanner {
  /** slots that no chunk can pass */
  readonly worstSlots: number;
  scan(chunk: number, writer: RowWriter, rowsOnDay: Int32Array): ScannedChunk;
  close(): void;
}

/** A round of scanning. */
export interface ScanOrder {
  /** with the first round of a job */
  readonly plan?: JobPlan;
  /** Rows that come with the round: the chunks that follow those of the rounds before. Room for them is seen to. */
  readonly columns?: ColumnSource;
  readonly fromChunk?: number;
  readonly toChunk?: number;
}

/** What a scanned chunk tells the main thread. */
export interface ScannedChunk {
  readonly chunk: number;
  /** first byte of the chunk's first row, and the first behind its last, in the file; of a row group, 0 and its bytes */
  readonly from: number;
  readonly to: number;
  readonly counts: ScanCounts;
  readonly refused: number;
  /** the first refused rows, rows and lines counted from the chunk's begin */
  readonly noted: readonly Refusal[];
  readonly lines: number;
  /** whether a date was an instant, cut in the zone */
  readonly sawInstant: boolean;
  /** where the ids' column is known only from all chunks */
  readonly ids?: GroupIds;
  readonly unfit?: string;
}

/** What the fold of a round needs. */
export interface FoldOrder {
  readonly fromChunk: number;
  readonly toChunk: number;
  /** rows before each chunk, by chunk */
  readonly rowsBefore: readonly number[];
  /** window of days for which bits are kept; absent when purchases stand in order */
  readonly days?: { readonly first: number; readonly last: number };
  /** in the last round only: rows of the whole log, refused ones included, and whether its ids are text */
  readonly last?: { readonly rows: number; readonly textIds: boolean };
}

/** What the last fold found in a thread's partitions. */
export interface FoldedCustomers extends Readonly<CustomerTotals> {
  /** the records, handed over for placing, and where their customers appear */
  readonly partitions: readonly PlacedPartition[];
  readonly appearances: Appearances | undefined;
}

/** One thread's part of a job: what it holds, and the steps it takes when told. */
export interface JobSteps {
  /** Claim and scan chunks until none is left, the row blocks are full, or `most` were scanned; each is reported. */
  scan(order: ScanOrder, most?: number): void;
  fold(order: FoldOrder): FoldedCustomers;
  /** Write this thread's share of the columns, by place. */
  place(order: PlaceOrder): void;
  /** The job is over: let go of what it was given. */
  end(): void;
}

/**
 * One thread's part of one job after the other; each begins with its plan.
 *
 * @param report hears of each chunk that is scanned
 */
export function newLogSteps(thread: number, report: (chunk: ScannedChunk) => void): JobSteps {
  settleShapes();
  const spare = noSpare();
  let begun: ScanOrder | undefined;
  let steps: JobSteps | undefined;
  const end = (): void => {
    steps?.end();
    steps = undefined;
  };
  return {
    scan: (order, most) => {
      if (order.plan !== undefined && order !== begun) {
        end();
        steps = newJobSteps(order.plan, thread, spare, report);
        begun = order;
      }
      steps!.scan(order, most);
    },
    fold: (order) => steps!.fold(order),
    place: (order) => steps!.place(order),
    end,
  };
}

/**
 * Make a partition that nobody uses: the engine settles the shape of objects when the second is made, and throws away what it
 * has compiled for the first (10 ms of each thread, 10 M rows).
 */
function settleShapes(): void {
  const spare = noSpare();
  const partition = emptyPartition(false, undefined, spare, 1);
  lendDayBits(partition, spare, 0, 0);
  leaveMemory(partition, spare);
}

/**
 * One thread's part of a job. A partition belongs for good to the thread that claims it in the first fold.
 *
 * @param thread 0 … threads - 1
 */
function newJobSteps(plan: JobPlan, thread: number, spare: Spare, report: (chunk: ScannedChunk) => void): JobSteps {
  const partitions = 1 << plan.partitionBits;
  // A file of one chunk is scanned before it would pay.
  if (plan.source?.kind === 'files' && plan.chunks > 1) rehearse(plan.source, plan.threads === 1);
  const scanner = plan.source === undefined ? undefined : newScanner(plan.source);
  const blocks = viewRowBlocks(plan.rows);
  const lists = new Int32Array(plan.lists);
  const claims = new Int32Array(plan.claims);
  const rowsOnDay = new Int32Array(plan.rowsOnDay);
  const daysHere = new Int32Array(rowsOnDay.length);
  const folds = new Int32Array(plan.folds);
  const direct = plan.source?.kind === 'columns' ? plan.source.narrow?.direct : undefined;
  const customers = new Map<number, Partition>();
  let round: ScanOrder | undefined;

  return {
    scan: (order, most = Infinity) => {
      const { columns, fromChunk = 0, toChunk = plan.chunks } = order;
      // All blocks are free again in a new round.
      if (order !== round) blocks.own.next = blocks.own.end = 0;
      round = order;
      const given = columns === undefined ? undefined : newColumnScanner(columns);
      const hasRoom = (): boolean => given !== undefined || hasRoomFor(blocks, scanner!.worstSlots * plan.threads, (partitions + BLOCKS_AT_ONCE) * plan.threads);
      for (let taken = 0; taken < most && hasRoom(); taken++) {
        const chunk = Atomics.add(claims, 0, 1);
        if (chunk >= toChunk) break;
        const writer = beginChunk(blocks, partitions, lists.subarray(chunk * partitions * LIST_WORDS, (chunk + 1) * partitions * LIST_WORDS));
        const scanned = given === undefined ? scanner!.scan(chunk, writer, daysHere) : { ...given.scan(chunk - fromChunk, writer, daysHere), chunk };
        endChunk(writer);
        report(scanned);
        if (scanned.unfit !== undefined) break;
      }
      for (let day = 0; day < daysHere.length; day++) if (daysHere[day] !== 0) Atomics.add(rowsOnDay, day, daysHere[day]!);
      daysHere.fill(0);
    },
    fold: (order) => {
      const totals = { seen: 0, kept: 0, purchases: 0, dates: 0 };
      const placed: PlacedPartition[] = [];
      const notes = order.last === undefined ? undefined : newAppearanceNotes(order.last.rows, order.last.textIds);
      // Partitions that go on in later rounds need a table each.
      if (notes === undefined) spare.table = new Int32Array(0);
      // Claimed one by one, since equal shares of partitions left one of two threads waiting for up to 13 ms of 290.
      const mine = customers.size > 0 ? customers.keys() : claimed(folds, partitions);
      // Partitions begun in this round and their customers, by which the next ones are given their room at once, since hashing
      // spreads customers, if not their rows, evenly: growing by doubling touched every page twice (0.1 s in 10 M rows).
      let begun = 0, customersBegun = 0;
      for (const p of mine) {
        const known = customers.get(p);
        const expected = (): number => (begun > 0 ? (customersBegun / begun) * 1.1 : Math.min(MOST_AT_FIRST, rowsOf(lists, order, p, partitions) / 8));
        const partition = known ?? emptyPartition(plan.withOrders, direct, spare, Math.ceil(expected()) + 64);
        customers.set(p, partition);
        if (order.days !== undefined) {
          if (notes !== undefined && partition.dayWords === 0) lendDayBits(partition, spare, order.days.first, order.days.last);
          else keepDayBits(partition, order.days.first, order.days.last);
        }
        for (let chunk = order.fromChunk; chunk < order.toChunk; chunk++) foldRows(partition, blocks, lists[(chunk * partitions + p) * LIST_WORDS]!, order.rowsBefore[chunk]!);
        if (known === undefined) {
          begun++;
          customersBegun += partition.customers;
        }
        if (notes === undefined) continue;
        finishPartition(partition);
        leaveMemory(partition, spare);
        notes.note(p, partition, totals);
        placed.push({ partition: p, records: partition.records.buffer, orders: partition.orders.buffer, rest: sharedRest(partition), longKeys: partition.longKeys.buffer });
      }
      return { ...totals, partitions: placed, appearances: notes?.finish() };
    },
    place: (order) => void placeCustomers(order, thread, plan.threads),
    end: () => {
      scanner?.close();
      for (const partition of customers.values()) spare.records.push({ records: partition.records, customers: partition.customers });
    },
  };
}

function newScanner(source: NonNullable<JobPlan['source']>): Scanner {
  switch (source.kind) {
    case 'files':
      return newFileScanner(source);
    case 'columns':
      return newColumnScanner(source);
    case 'row-groups':
      return newRowGroupScanner(source);
  }
}

/** Numbers below a count that no other thread has claimed. */
function* claimed(claims: Int32Array, count: number): Generator<number, void, undefined> {
  for (let number = Atomics.add(claims, 0, 1); number < count; number = Atomics.add(claims, 0, 1)) yield number;
}

/** Customers that the first partition is given room for, at most; their number is not known yet. */
const MOST_AT_FIRST = 8192;

/** Slots of a partition's rows in a round: its rows, or a little more where some are wide. */
function rowsOf(lists: Int32Array, { fromChunk, toChunk }: FoldOrder, p: number, partitions: number): number {
  let rows = 0;
  for (let chunk = fromChunk; chunk < toChunk; chunk++) rows += lists[(chunk * partitions + p) * LIST_WORDS + 1]!;
  return rows;
}
