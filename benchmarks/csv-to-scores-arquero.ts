// Question: how long does the CSV job take inside the process at sizes that arquero and danfo, JavaScript as we are, can take?
//
// From behind the imports to the finished file, each run in a process of its own: nobody has warmed up.
import { join } from 'node:path';
import { cacheFolder, logName, ordersCsv, type OrderLog } from './data.js';
import { compareScores } from './equal.js';
import { ask, compare, count, inTurn, job, processRun, warmFile, type Answer, type Finding, type Run, type Size } from './measure.js';
import { INSTALL, loads, segmentsCsv, versionOf } from './rivals.js';

export async function csvInside({ full }: Size): Promise<readonly Answer[]> {
  const rounds = full ? 5 : 3;
  return [
    await inside('arquero', 'csv-arquero.mjs', { rows: full ? 1_000_000 : 200_000, customers: full ? 100_000 : 20_000, ids: 'text' }, rounds, { atLeast: 10 }),
    await inside('danfojs-node', 'csv-danfo.mjs', { rows: 20_000, customers: 2_000, ids: 'text' }, rounds),
  ];
}

async function inside(peer: string, program: string, log: OrderLog, rounds: number, aim?: Finding['aim']): Promise<Answer> {
  const question = `CSV file to scored customers to CSV file, ${count(log.rows)} rows, time inside the process`;
  if (!await loads(peer)) return { question: `${question}, ${peer}`, skipped: INSTALL };
  const orders = await ordersCsv(log);
  const out = (name: string): string => join(cacheFolder(), `scores-${name}-${logName(log)}.csv`);
  const ours = (): Promise<Run> => processRun(process.execPath, [job('csv-clientele.mjs'), orders, out('clientele')], { inside: true });
  const theirs = (): Promise<Run> => processRun(process.execPath, [job(program), orders, out(peer), segmentsCsv()], { inside: true });
  warmFile(orders);
  await ours();
  await theirs();
  const equal = compareScores(out('clientele'), out(peer));
  const [own, other] = await inTurn([{ name: 'clientele', run: ours }, { name: peer, run: theirs }] as const, rounds);
  return compare({ question, peer: `${peer} ${versionOf(peer) ?? ''}`.trim(), equal, ...(aim === undefined ? {} : { aim }) }, own, other);
}

await ask(import.meta.url, csvInside);
