// Columns in memory to scores and segments, ours and a DuckDB table: what memory-int-ids.ts and memory-text-ids.ts ask.
import { join } from 'node:path';
import { fromColumns, rfm, summarize, type RfmResult } from '../dist/index.js';
import { rfmParallel, summarizeParallel, writeCsv } from '../dist/node.js';
import { cacheFolder, logName, orderColumns, ordersCsv, type OrderColumns, type OrderLog } from './data.js';
import { compareScores } from './equal.js';
import { compare, count, inTurn, timed, type Answer, type Finding, type Run, type Size } from './measure.js';
import { duckDbName, INSTALL, openDuckDb, segmentsCsv, sql, THREADS } from './rivals.js';

/** The question for one kind of id. */
export function memoryQuestion(ids: OrderLog['ids'], aim: NonNullable<Finding['aim']>): (size: Size) => Promise<readonly Answer[]> {
  return ({ full }) => columnsToScores({ rows: full ? 10_000_000 : 1_000_000, customers: full ? 1_000_000 : 100_000, ids }, full ? 5 : 3, aim);
}

async function columnsToScores(log: OrderLog, rounds: number, aim: NonNullable<Finding['aim']>): Promise<readonly Answer[]> {
  const question = `columns in memory to scored customers, ${log.ids === 'int' ? 'int ids' : 'UTF-8 text ids'}, ${count(log.rows)} rows, ${count(log.customers)} customers`;
  const duckDb = await openDuckDb();
  if (duckDb === undefined) return [{ question: `${question}, DuckDB table`, skipped: INSTALL }];

  const out = (name: string): string => join(cacheFolder(), `scores-memory-${name}-${logName(log)}.csv`);
  for (const [name, value] of Object.entries({ orders: await ordersCsv(log), segments: segmentsCsv(), out: out('duckdb') })) await duckDb.set(name, value);
  for (const name of [`orders-table-${log.ids}`, 'customers', 'scored', 'write']) await duckDb.run(sql(name));
  const theirs = (): Promise<Run> => timed(async () => {
    await duckDb.run(sql('customers'));
    await duckDb.run('CREATE OR REPLACE TEMP TABLE result AS FROM scored');
  });

  const onOne = (columns: OrderColumns): RfmResult => rfm(summarize(fromColumns({ ...columns })));
  const onAll = async (columns: OrderColumns): Promise<RfmResult> => rfm(await summarizeParallel(fromColumns({ ...columns }), { threads: THREADS }));
  const offTheLoop = async (columns: OrderColumns): Promise<RfmResult> => rfmParallel(await summarizeParallel(fromColumns({ ...columns }), { threads: THREADS }));

  /** One way of ours against the table. */
  const against = async (how: string, columns: OrderColumns, score: (columns: OrderColumns) => RfmResult | Promise<RfmResult>, told: Partial<Finding>): Promise<Finding> => {
    await writeCsv((await score(columns)).table, out('clientele'));
    const equal = compareScores(out('clientele'), out('duckdb'));
    // Comparing takes longer than threads are kept: once more for both, not measured.
    await score(columns);
    await theirs();
    const [own, other] = await inTurn([{ name: 'clientele', run: () => timed(async () => void (await score(columns))) }, { name: 'DuckDB', run: theirs }] as const, rounds);
    return compare({ question: `${question}, ${how}`, peer: `${duckDbName()}, a table`, equal, ...told }, own, other);
  };

  const answers = [
    await against(`${THREADS} threads`, orderColumns(log), onAll, { aim }),
    await against(`${THREADS} threads, columns in shared memory`, orderColumns(log, true), onAll, {}),
    await against(`${THREADS} threads, scores too off the event loop (rfmParallel)`, orderColumns(log, true), offTheLoop, {}),
    await against('ours on 1 thread', orderColumns(log), onOne, {}),
  ];
  duckDb.close();
  return answers;
}
