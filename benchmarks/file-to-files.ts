// Question: how long does the command take from a file of 200,000 orders to scores and report?
//
// Whole processes: `clientele score` with its report, and DuckDB's scores of the same orders, without one.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, logName, ordersCsv, type OrderLog } from './data.js';
import { compareScores } from './equal.js';
import { ask, compare, count, inTurn, job, median, processRun, type Answer, type Run, type Size } from './measure.js';
import { duckDbName, INSTALL, segmentsCsv, THREADS, versionOf } from './rivals.js';

const { execPath } = process;

export async function fileToFiles({ full }: Size): Promise<readonly Answer[]> {
  const log: OrderLog = { rows: 200_000, customers: 20_000, ids: 'text' };
  const question = `clientele score, ${count(log.rows)} orders to scores.csv and report.html`;
  const orders = await ordersCsv(log);
  const out = (name: string): string => join(cacheFolder(), `scores-${name}-${logName(log)}.csv`);
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const ours = (): Promise<Run> => processRun(execPath, [cli, 'score', orders, '--customer', 'customer', '--date', 'date', '--amount', 'amount', '--out', out('command'), '--report', join(cacheFolder(), 'report.html'), '--quiet']);
  const rounds = full ? 5 : 3;
  const own: Run[] = [];
  await ours();
  for (let round = 0; round < rounds; round++) own.push(await ours());
  const ms = median(own.map((run) => run.ms));
  const answers: Answer[] = [{ question, peer: 'the two seconds it may take', unit: 'ms', ours: ms, theirs: 2000, ratio: 2000 / ms, aim: { atLeast: 1 }, equal: 'rows: see the next line' }];
  if (versionOf('@duckdb/node-api') === undefined) return [...answers, { question: `${question}, DuckDB`, skipped: INSTALL }];

  const theirs = (): Promise<Run> => processRun(execPath, [job('csv-duckdb.mjs'), orders, out('duckdb'), segmentsCsv(), String(THREADS)]);
  await theirs();
  const equal = compareScores(out('command'), out('duckdb'));
  const [again, other] = await inTurn([{ name: 'clientele', run: ours }, { name: 'DuckDB', run: theirs }] as const, rounds);
  return [...answers, compare({ question, peer: duckDbName(), equal, remark: 'DuckDB writes no report' }, again, other)];
}

await ask(import.meta.url, fileToFiles);
