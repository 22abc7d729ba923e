// Question: how long from a Parquet file of orders to scores and segments in memory, against DuckDB?
//
// The file is DuckDB's own writing (snappy, its default row groups; VARCHAR, DATE, DOUBLE), in the page cache. Both in
// this process, in turn, warm, to a result in memory.
import { join } from 'node:path';
import { rfm, type RfmResult } from '../dist/index.js';
import { summarizeParquet, writeCsv } from '../dist/node.js';
import { cached, cacheFolder, logName, ordersCsv, type OrderLog } from './data.js';
import { compareScores } from './equal.js';
import { ask, compare, count, inTurn, timed, warmFile, type Answer, type Size } from './measure.js';
import { duckDbName, INSTALL, openDuckDb, segmentsCsv, sql, THREADS, type DuckDb } from './rivals.js';

export async function parquetToScores({ full }: Size): Promise<readonly Answer[]> {
  const log: OrderLog = { rows: full ? 10_000_000 : 1_000_000, customers: full ? 1_000_000 : 100_000, ids: 'text' };
  const question = `Parquet file to scored customers, ${count(log.rows)} rows, ${count(log.customers)} customers`;
  const duckDb = await openDuckDb();
  if (duckDb === undefined) return [{ question: `${question}, DuckDB`, skipped: INSTALL }];

  const out = (name: string): string => join(cacheFolder(), `scores-parquet-${name}-${logName(log)}.csv`);
  const orders = await parquetOf(log, duckDb);
  for (const [name, value] of Object.entries({ orders, segments: segmentsCsv(), out: out('duckdb') })) await duckDb.set(name, value);
  for (const name of ['orders-from-parquet', 'customers', 'scored', 'write']) await duckDb.run(sql(name));

  const score = async (): Promise<RfmResult> => rfm(await summarizeParquet(orders, { customer: 'customer', date: 'date', amount: 'amount' }, { threads: THREADS }));
  warmFile(orders);
  await writeCsv((await score()).table, out('clientele'));
  const equal = compareScores(out('clientele'), out('duckdb'));
  const [own, other] = await inTurn([
    { name: 'clientele', run: () => timed(score) },
    { name: 'DuckDB', run: () => timed(async () => {
      await duckDb.run(sql('customers'));
      await duckDb.run('CREATE OR REPLACE TEMP TABLE result AS FROM scored');
    }) },
  ] as const, full ? 5 : 3);
  duckDb.close();
  return [compare({ question, peer: duckDbName(), equal, aim: { atLeast: 1 } }, own, other)];
}

/** The orders as a Parquet file, written once. */
async function parquetOf(log: OrderLog, duckDb: DuckDb): Promise<string> {
  const csv = await ordersCsv(log);
  return cached(`orders-${logName(log)}.parquet`, async (path) => {
    await duckDb.set('orders', csv);
    await duckDb.set('out', path);
    for (const name of ['orders-from-csv', 'write-parquet']) await duckDb.run(sql(name));
  });
}

await ask(import.meta.url, parquetToScores);
