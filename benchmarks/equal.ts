// Whether two files of scored customers say the same, row for row: asked before any times are compared.
// Run as a program it prints the answer: node --import ./typescript.mjs equal.ts OURS THEIRS
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const COLUMNS = ['customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', 'score', 'segment'] as const;

/** A scored customer as the file has it; money in whole cents. */
interface Scored {
  readonly recency: number;
  readonly frequency: number;
  readonly cents: number;
  readonly scores: readonly [r: number, f: number, m: number];
  readonly segment: string;
}

/**
 * Hold our file against a rival's, customer by customer, whatever the order of the rows.
 *
 * Recency, frequency and money in cents must be equal, and so must scores and segment, with one exception that is
 * counted: we add doubles in the order of the file, so a sum can be off by the last bit, and of customers whose money
 * is to the cent that of a cut some may fall on its other side. Nothing else passes.
 *
 * Done in a process of its own, so that millions of rows do not weigh on the one that takes times.
 *
 * @returns what was found equal, in words
 * @throws Error where a customer differs; which one stands in the output
 */
export function compareScores(ours: string, theirs: string): string {
  const run = spawnSync(process.execPath, ['--max-old-space-size=6144', '--import', fileURLToPath(new URL('typescript.mjs', import.meta.url)), fileURLToPath(import.meta.url), ours, theirs], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`${ours} and ${theirs} do not say the same; no times are compared.`);
  return run.stdout.trim();
}

function compareFiles(ours: string, theirs: string): string {
  const known = readScores(ours);
  const other = readScores(theirs);
  if (known.size !== other.size) throw new Error(`we have ${known.size} customers, they ${other.size}.`);
  const ends = endsByMoneyScore(other);
  let onCut = 0;
  for (const [customer, own] of known) {
    const their = other.get(customer);
    const same = their !== undefined && own.recency === their.recency && own.frequency === their.frequency && own.cents === their.cents
      && own.scores[0] === their.scores[0] && own.scores[1] === their.scores[1];
    if (same && own.scores[2] === their.scores[2] && own.segment === their.segment) continue;
    if (!same || !isOnCut(own, their, ends)) throw new Error(`customer ${customer} differs: ours ${JSON.stringify(own)}, theirs ${JSON.stringify(their)}.`);
    onCut++;
  }
  const rows = `${known.size.toLocaleString('en-US')} rows equal`;
  return onCut === 0 ? rows : `${rows} but ${onCut} whose money is that of a cut to the cent`;
}

function readScores(path: string): Map<string, Scored> {
  const lines = readFileSync(path, 'latin1').split(/\r?\n/);
  const names = lines[0]!.split(',');
  const at = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<(typeof COLUMNS)[number], number>;
  const lost = COLUMNS.find((column) => at[column] === -1);
  if (lost !== undefined) throw new Error(`${path} has no column ${lost}.`);
  const scored = new Map<string, Scored>();
  for (let i = 1; i < lines.length; i++) {
    if (lines[i] === '') continue;
    const cells = lines[i]!.split(',');
    const number = (column: (typeof COLUMNS)[number]): number => {
      const value = Number(cells[at[column]]);
      if (cells[at[column]] === '' || !Number.isFinite(value)) throw new Error(`${path}, line ${i + 1}: ${column} is no number.`);
      return value;
    };
    const cents = Math.round(number('monetary') * 100);
    // What is a thousandth of a cent away from whole cents was not added up from whole cents.
    if (Math.abs(number('monetary') * 100 - cents) > 1e-3) throw new Error(`${path}, line ${i + 1}: ${cells[at.monetary]} is not whole cents.`);
    const scores = [number('r'), number('f'), number('m')] as const;
    if (cells[at.score] !== scores.join('')) throw new Error(`${path}, line ${i + 1}: score ${cells[at.score]} is not ${scores.join('')}.`);
    scored.set(cells[at.customer]!, { recency: number('recency'), frequency: number('frequency'), cents, scores, segment: cells[at.segment]! });
  }
  return scored;
}

/** Least and greatest money of each M score. */
function endsByMoneyScore(scored: ReadonlyMap<string, Scored>): Map<number, { least: number; most: number }> {
  const ends = new Map<number, { least: number; most: number }>();
  for (const { cents, scores } of scored.values()) {
    const known = ends.get(scores[2]);
    if (known === undefined) ends.set(scores[2], { least: cents, most: cents });
    else {
      known.least = Math.min(known.least, cents);
      known.most = Math.max(known.most, cents);
    }
  }
  return ends;
}

function isOnCut(own: Scored, their: Scored, ends: ReadonlyMap<number, { least: number; most: number }>): boolean {
  const end = ends.get(their.scores[2])!;
  return own.scores[2] - their.scores[2] === 1 ? own.cents === end.most : own.scores[2] - their.scores[2] === -1 && own.cents === end.least;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(compareFiles(process.argv[2]!, process.argv[3]!));
