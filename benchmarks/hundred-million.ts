// Question: do time and memory of the CSV job grow with the customers, or with the rows? 100 M rows against 10 M, of the same million customers.
//
// Whole processes, in turn. Asked by --full only: the larger file has 3.2 GB. Its scores are held against DuckDB's once.
import { join } from 'node:path';
import { cacheFolder, logName, ordersCsv, type OrderLog } from './data.js';
import { compareScores } from './equal.js';
import { ask, compare, inTurn, job, processRun, warmFile, type Answer, type Run, type Size } from './measure.js';
import { INSTALL, segmentsCsv, THREADS, versionOf } from './rivals.js';

const { execPath } = process;

export async function hundredMillion({ full }: Size): Promise<readonly Answer[]> {
  const question = 'CSV file to scored customers to CSV file, 100 M rows against 10 M';
  if (!full) return [{ question, skipped: 'asked by --full only' }];
  const log = (rows: number): OrderLog => ({ rows, customers: 1_000_000, ids: 'text' });
  const large = log(100_000_000);
  const out = (name: string): string => join(cacheFolder(), `scores-${name}-${logName(large)}.csv`);
  const ours = (orders: string): Promise<Run> => processRun(execPath, [job('csv-clientele.mjs'), orders, out('clientele'), String(THREADS)]);
  const [ten, hundred] = [await ordersCsv(log(10_000_000)), await ordersCsv(large)];

  for (const orders of [ten, hundred]) await ours(orders);
  let equal = `rows not compared, DuckDB is missing (${INSTALL})`;
  if (versionOf('@duckdb/node-api') !== undefined) {
    await processRun(execPath, [job('csv-duckdb.mjs'), hundred, out('duckdb'), segmentsCsv(), String(THREADS), 'customers-without-days']);
    equal = `${compareScores(out('clientele'), out('duckdb'))} (DuckDB)`;
  }
  warmFile(ten);
  const [less, more] = await inTurn([{ name: '10 M', run: () => ours(ten) }, { name: '100 M', run: () => ours(hundred) }] as const, 3);
  const told = { peer: 'itself at 100 M rows', equal };
  return [
    compare({ ...told, question, aim: { atMost: 11 } }, less, more),
    compare({ ...told, question: 'peak memory of the same', aim: { atMost: 1.5 } }, less, more, 'peakMB'),
  ];
}

await ask(import.meta.url, hundredMillion);
