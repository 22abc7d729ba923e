import { checkKeys } from '../core/index.js';
import { categoriesOf, type Column, type TextColumn } from '../columns/index.js';
import { checkWatch, type SignalLike } from '../io/index.js';
import { checkLog, checkSummarizeOptions, Customers, SUMMARIZE_OPTIONS, type SummarizeOptions, type Transactions } from '../transactions/index.js';
import type { ColumnSource, SharedIds } from './column-scanner.js';
import { newCrew, threadCount } from './crew.js';
import { directIds } from './direct-ids.js';
import { PARTITION_BITS, tryJob, type Job } from './job.js';
import { rulesOf } from './row-rules.js';
import { newSharing, shareColumns, type Sharing } from './share.js';
import { receivedCustomers, type SentCustomers } from './sent-tables.js';
import type { SummarizeOrder } from './whole-steps.js';

/** How the work is shared out. */
export interface ParallelOptions {
  /** threads, 1 to 64; by default one per core, up to eight, and one for logs under 2.5 million rows. The result is the same. */
  readonly threads?: number;
  /** stops the work: the promise is rejected with `ABORTED`, its threads are ended */
  readonly signal?: SignalLike;
  /** called now and then with the rows done so far */
  readonly onProgress?: (progress: { readonly rows: number; readonly totalRows: number }) => void;
}

const ROWS_A_CHUNK = 1 << 18;
/** Logs under this go through one thread: a second compiles all code for itself, which costs what it saves. */
export const FEW_ROWS = 2_500_000;
const MEMORY = 1 << 30;

/**
 * The same as `summarize`, bit for bit, on all cores and off the event loop.
 *
 * Columns that lie in shared memory are used as they are; others are copied into it, in slices. The threads and their memory, up to
 * the size of the log and what its customers need, are kept for three seconds for the next call. A log with
 * carried columns, a roster, order ids over 16 bytes or a resolution finer than days is summarized by one thread, off the event loop all the same.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError (as a rejected promise) what `summarize` throws; `ABORTED`; `OPTION_INVALID` for threads
 * @example
 * const customers = await summarizeParallel(orders, { asOf: '2026-01-01', threads: 2 });
 *
 * Method: as {@link summarizeCsv}, from columns. O(rows).
 */
export async function summarizeParallel(transactions: Transactions, options: SummarizeOptions & ParallelOptions = {}): Promise<Customers> {
  const where = 'summarizeParallel';
  checkLog(where, transactions);
  checkKeys(where, options, [...SUMMARIZE_OPTIONS, 'threads', 'signal', 'onProgress']);
  checkWatch(where, options);
  const { threads: asked, signal, onProgress, ...summarizing } = options;
  const threads = asked === undefined && transactions.numRows < FEW_ROWS ? 1 : threadCount(where, asked);
  checkSummarizeOptions(where, summarizing);
  const fast = await columnJob(transactions, summarizing, threads, signal, onProgress);
  if (fast !== undefined) return fast;

  const columns = await shareColumns(transactions.entries());
  const order: SummarizeOrder = { columns, roles: transactions.roles, meta: transactions.meta, diagnostics: transactions.diagnostics, options: summarizing };
  return receivedCustomers(await inOneThread<SentCustomers>(where, 'summarize', order, signal));
}

/** A step taken whole by one thread of its own, which is ended, or kept for the next. */
export async function inOneThread<R>(where: string, step: string, payload: unknown, signal: SignalLike | undefined, start: typeof newCrew = newCrew): Promise<R> {
  const crew = start('whole', 1, where, signal);
  try {
    return (await crew.all<R>(step, payload))[0]!;
  } finally {
    await crew.close();
  }
}

/** The fast way, for logs of customer, date and amount by days; undefined where it does not fit. */
async function columnJob(log: Transactions, summarizing: SummarizeOptions, threads: number, signal: SignalLike | undefined, onProgress: ParallelOptions['onProgress']): Promise<Customers | undefined> {
  const { keepState = false, roster, carry } = summarizing;
  const fits = log.meta.resolution === 'day' && (carry ?? log.carried).length === 0 && roster === undefined && keepState === false && log.numRows > 0;
  if (!fits) return undefined;
  const ids = sendableIds(log.column('customer'));
  if (ids === undefined) return undefined;
  const dictionary = ids.type === 'category' ? categoriesOf('summarizeParallel', log, 'customer').values : undefined;
  if (dictionary !== undefined && !(await allDifferent(dictionary))) return undefined;
  const rows = log.numRows;
  const orders = log.roles.includes('order') && summarizing.frequency !== 'days' ? log.column('order') : undefined;
  if (orders !== undefined && orders.type !== 'text') return undefined;
  const rules = rulesOf(summarizing, log.meta.source);
  const narrow = isWhole(ids) && orders === undefined ? { direct: await directIds(ids.data, PARTITION_BITS) } : undefined;
  let sharing: Sharing | undefined;
  const source = (memory: Map<string, SharedArrayBuffer>): ColumnSource => {
    sharing?.stop();
    const shared = (sharing = newSharing(rows, memory));
    const columns: ColumnSource = {
      kind: 'columns', customer: sharedIds(ids, shared),
      dates: shared.share((log.column('date') as Extract<Column, { type: 'date' }>).data),
      amounts: shared.share((log.column('amount') as Extract<Column, { type: 'number' }>).data),
      rows, rowsPerChunk: ROWS_A_CHUNK, partitionBits: PARTITION_BITS, rules,
      ...(orders === undefined ? {} : { order: sharedOrders(orders, shared) }), ...(narrow === undefined ? {} : { narrow }), ready: shared.ready(),
    };
    void shared.copy();
    return columns;
  };
  const job: Job = {
    where: 'summarizeParallel', files: [], onBadRow: 'throw', summarizing, ids: isWhole(ids) ? 'integer' : ids.type, rules, withOrders: orders !== undefined, source: log.meta.source, timeZone: log.meta.timeZone,
    ...(log.meta.currency === undefined ? {} : { currency: log.meta.currency }), earlier: log.diagnostics, threads, memoryLimit: MEMORY, chunkBytes: ROWS_A_CHUNK,
    totalBytes: rows, slotsNeeded: narrow === undefined ? rows * 3 + (ids.type === 'text' ? ids.data.length / 12 : 0) : rows, inline: false, again: true,
    onProgress: onProgress === undefined ? undefined : ({ rows: done }) => onProgress({ rows: done, totalRows: rows }),
  };
  const customers = await tryJob(job, source, Math.ceil(rows / ROWS_A_CHUNK), signal).finally(() => sharing?.stop());
  if (customers === undefined || dictionary === undefined) return customers;
  const codes = customers.column('customer') as Extract<Column, { type: 'integer' }>;
  const named = [...customers.entries()].map(([name, column]): [string, Column] => [name, name === 'customer' ? { type: 'category', data: codes.data, values: dictionary } : column]);
  return new Customers(named, customers.meta, customers.diagnostics);
}

/** Whether no text stands twice; a million take 0.2 s, so others may run between. */
async function allDifferent(texts: readonly string[]): Promise<boolean> {
  const met = new Set<string>();
  for (let i = 0; i < texts.length; i++) {
    met.add(texts[i]!);
    if ((i & 0x7fff) === 0x7fff) await new Promise((resolve) => setImmediate(resolve));
  }
  return met.size === texts.length;
}

/** A column of ids that threads can read. */
type IdColumn = Extract<Column, { type: 'text' | 'number' | 'integer' | 'category' }>;

function sendableIds(ids: Column): IdColumn | undefined {
  if ('valid' in ids && ids.valid !== undefined) return undefined;
  return ids.type === 'text' || ids.type === 'number' || ids.type === 'integer' || ids.type === 'category' ? ids : undefined;
}

/** Whole numbers of 32 bits; of categories their codes. */
function isWhole(ids: IdColumn): ids is Extract<IdColumn, { type: 'integer' | 'category' }> {
  return ids.type === 'integer' || ids.type === 'category';
}

function sharedIds(column: IdColumn, { share }: Sharing): SharedIds {
  if (column.type === 'text') return { kind: 'text', ...sharedTexts(column, share) };
  return { kind: isWhole(column) ? 'integer' : 'number', data: share(column.data) };
}

function sharedOrders(column: TextColumn, { share }: Sharing): NonNullable<ColumnSource['order']> {
  return { ...sharedTexts(column, share), valid: column.valid === undefined ? undefined : share(column.valid, (rows) => rows >> 3) };
}

function sharedTexts({ data, offsets }: TextColumn, share: Sharing['share']): { data: SharedArrayBuffer; offsets: SharedArrayBuffer } {
  return { data: share(data, (rows) => offsets[rows]!), offsets: share(offsets, (rows) => (rows + 1) * 4) };
}
