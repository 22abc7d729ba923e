// Question: how long from a CSV file of orders to a CSV file of scored and segmented customers, against DuckDB, polars and pandas?
//
// Whole processes, from start to end, in turn: reading, one row per customer (ours with every column `summarize`
// promises), scores, segments, writing. The file is in the page cache. Ours flushes its file to the disk and renames it.
import { join } from 'node:path';
import { cacheFolder, logName, ordersCsv, type OrderLog } from './data.js';
import { compareScores } from './equal.js';
import { ask, compare, count, inTurn, job, processRun, warmFile, type Answer, type Run, type Size } from './measure.js';
import { duckDbName, findPandas, INSTALL, loads, segmentsCsv, THREADS, versionOf } from './rivals.js';

const { execPath } = process;

export async function csvToScores({ full }: Size): Promise<readonly Answer[]> {
  const log: OrderLog = { rows: full ? 10_000_000 : 1_000_000, customers: full ? 1_000_000 : 100_000, ids: 'text' };
  const question = `CSV file to scored customers to CSV file, ${count(log.rows)} rows, ${count(log.customers)} customers`;
  const orders = await ordersCsv(log);
  const segments = segmentsCsv();
  const out = (name: string): string => join(cacheFolder(), `scores-${name}-${logName(log)}.csv`);
  const ours = (): Promise<Run> => processRun(execPath, [job('csv-clientele.mjs'), orders, out('clientele'), ...(full ? [String(THREADS)] : [])]);
  warmFile(orders);
  await ours();

  /** One peer: its rows against ours first, then both in turn. */
  const against = async (name: string, peer: string, theirs: () => Promise<Run>, rounds: number): Promise<{ readonly told: { question: string; peer: string; equal: string }; readonly own: Run[]; readonly other: Run[] }> => {
    await theirs();
    const equal = compareScores(out('clientele'), out(name));
    const [own, other] = await inTurn([{ name: 'clientele', run: ours }, { name, run: theirs }] as const, rounds);
    return { told: { question, peer, equal }, own, other };
  };

  const answers: Answer[] = [];
  if (versionOf('@duckdb/node-api') === undefined) answers.push({ question: `${question}, DuckDB`, skipped: INSTALL });
  else {
    const duckDb = (name: string, ...customers: string[]) => (): Promise<Run> => processRun(execPath, [job('csv-duckdb.mjs'), orders, out(name), segments, String(THREADS), ...customers]);
    const { told, own, other } = await against('duckdb', duckDbName(), duckDb('duckdb'), full ? 9 : 3);
    answers.push(compare({ ...told, aim: { atLeast: 3 } }, own, other), compare({ ...told, question: `peak memory of the same`, aim: { atLeast: 1 } }, own, other, 'peakMB'));
    const lean = await against('duckdb-lean', `${duckDbName()}, without distinct days`, duckDb('duckdb-lean', 'customers-without-days'), full ? 5 : 3);
    answers.push(compare({ ...lean.told, remark: 'ours computes them, and the gaps, all the same' }, lean.own, lean.other));
  }

  if (await loads('nodejs-polars')) {
    const { told, own, other } = await against('polars', `nodejs-polars ${versionOf('nodejs-polars')}, ${THREADS} threads`, () => processRun(execPath, [job('csv-polars.mjs'), orders, out('polars'), segments], { env: { POLARS_MAX_THREADS: String(THREADS) } }), 3);
    answers.push(compare(told, own, other));
  } else answers.push({ question: `${question}, polars`, skipped: 'nodejs-polars does not load; on Node 20 its binary must be asked for: npm i --prefix benchmarks --no-save nodejs-polars-linux-x64-gnu@0.26.1' });

  const pandas = findPandas();
  if (pandas === undefined) answers.push({ question: `${question}, pandas`, skipped: 'no Python with pandas here (Debian: apt-get install python3-pandas)' });
  else {
    const { told, own, other } = await against('pandas', pandas.version, () => processRun(pandas.python, [job('csv_pandas.py'), orders, out('pandas'), segments]), full ? 3 : 1);
    answers.push(compare({ ...told, aim: { atLeast: 15 } }, own, other));
  }
  return answers;
}

await ask(import.meta.url, csvToScores);
