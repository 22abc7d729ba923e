// How times are taken and findings told: whole processes in turn, medians, ratios, and what a question prints.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What one question found about ours against one peer. */
export interface Finding {
  readonly question: string;
  readonly peer: string;
  readonly unit: 'ms' | 'MB';
  /** medians; the peer's is absent where there is nothing to compare with */
  readonly ours: number;
  readonly theirs?: number;
  /** the peer's median over ours: above 1 ours is better */
  readonly ratio?: number;
  /** least and greatest ratio of the pairs run one after the other */
  readonly spread?: readonly [number, number];
  /** what is aimed at: a ratio of at least, or for ours against itself at most */
  readonly aim?: { readonly atLeast: number } | { readonly atMost: number };
  /** how the results were held against one another before their times */
  readonly equal: string;
  readonly remark?: string;
}

/** A question, or part of it, that could not be asked here, and why. */
export interface Skipped {
  readonly question: string;
  readonly skipped: string;
}

export type Answer = Finding | Skipped;

/** How large a run is: `--full` asks for millions of rows. */
export interface Size {
  readonly full: boolean;
}

/** One run of one side. */
export interface Run {
  readonly ms: number;
  readonly peakMB: number;
}

/** A side of a comparison. */
export interface Side {
  readonly name: string;
  readonly run: () => Promise<Run>;
}

/** Runs of each side, in turn: A B A B …, so that a noisy minute falls on both. */
export async function inTurn<S extends readonly Side[]>(sides: S, rounds: number): Promise<{ [K in keyof S]: Run[] }> {
  const runs = sides.map((): Run[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, side] of sides.entries()) runs[i]!.push(await side.run());
  }
  return runs as { [K in keyof S]: Run[] };
}

/** What is known of a comparison besides its numbers. */
export type Told = Pick<Finding, 'question' | 'peer' | 'equal'> & Partial<Pick<Finding, 'aim' | 'remark'>>;

/** The finding of runs taken in turn, by time or by peak memory. */
export function compare(told: Told, ours: readonly Run[], theirs: readonly Run[], by: keyof Run = 'ms'): Finding {
  const [a, b] = [ours.map((run) => run[by]), theirs.map((run) => run[by])];
  const paired = a.map((own, i) => b[i]! / own);
  return {
    ...told, unit: by === 'ms' ? 'ms' : 'MB', ours: median(a), theirs: median(b),
    ratio: median(b) / median(a), spread: [Math.min(...paired), Math.max(...paired)],
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What a job, a program of its own in `jobs/`, prints as its last line; other programs say nothing of the kind. */
export interface JobReport {
  /** largest resident memory of the process */
  readonly peakMB: number;
  /** from behind the imports to the finished file */
  readonly insideMs: number;
}

/**
 * One whole process: from its start to its end.
 *
 * @param inside count the time inside, behind the imports, as the job reports it
 */
export async function processRun(command: string, args: readonly string[], { inside = false, env = {} }: { readonly inside?: boolean; readonly env?: Record<string, string> } = {}): Promise<Run> {
  const start = performance.now();
  const { ms, output } = await new Promise<{ ms: number; output: string }>((done, failed) => {
    // Node reads all the certificates named by NODE_EXTRA_CA_CERTS at its start (50 ms), whether it needs them or not.
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ...env } });
    let text = '';
    let ended = 0;
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('error', failed);
    child.on('exit', () => (ended = performance.now()));
    child.on('close', (code, signal) => {
      if (code === 0) done({ ms: ended - start, output: text });
      else failed(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? code}.`));
    });
  });
  const said = output.trim().split('\n').at(-1) ?? '';
  const report = (said.startsWith('{') ? JSON.parse(said) : { insideMs: NaN, peakMB: NaN }) as JobReport;
  return { ms: inside ? report.insideMs : ms, peakMB: report.peakMB };
}

/** Work in this process, by the clock. */
export async function timed(work: () => unknown): Promise<Run> {
  const start = performance.now();
  await work();
  return { ms: performance.now() - start, peakMB: 0 };
}

/** Two sides on one thread in this process, in turn, by CPU time: the clock would count the neighbours of the machine. */
export async function cpuInTurn(ours: () => unknown, theirs: () => unknown, rounds: number): Promise<readonly [Run[], Run[]]> {
  const once = async (work: () => unknown): Promise<Run> => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return { ms: (user + system) / 1000, peakMB: 0 };
  };
  const runs: readonly [Run[], Run[]] = [[], []];
  for (let round = -2; round < rounds; round++) {
    const [own, other] = [await once(ours), await once(theirs)];
    if (round < 0) continue;                    // warm-up
    runs[0].push(own);
    runs[1].push(other);
  }
  return runs;
}

/** The path of a job. */
export function job(name: string): string {
  return new URL(`jobs/${name}`, import.meta.url).pathname;
}

/** Read a file through, so that the first side does not pay for the disk. */
export function warmFile(path: string): void {
  readFileSync(path);
}

/**
 * Ask a question when its file is run as a program: print what it found, for people, or as JSON for run.ts.
 *
 * @param url `import.meta.url` of the question's file
 */
export async function ask(url: string, question: (size: Size) => Promise<readonly Answer[]>): Promise<void> {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  const answers = await question({ full: process.argv.includes('--full') });
  if (process.argv.includes('--json')) console.log(JSON.stringify(answers));
  else console.log(answers.map(answerText).join('\n'));
}

/** One answer in a line or two of text. */
export function answerText(answer: Answer): string {
  if ('skipped' in answer) return `${answer.question}\n  skipped: ${answer.skipped}`;
  const { question, peer, aim } = answer;
  const against = answer.theirs === undefined ? '' : `, ${peer} ${amount(answer.theirs, answer.unit)}, ratio ${ratioText(answer)}${aim === undefined ? '' : `, aim ${aimText(aim)}`}`;
  return `${question}\n  ours ${amount(answer.ours, answer.unit)}${against}; ${checked(answer)}`;
}

/** How the results were held against one another, and what else there is to say. */
export function checked({ equal, remark }: Finding): string {
  return [equal, remark].filter((text) => text !== undefined && text !== '').join('; ');
}

export function amount(value: number, unit: Finding['unit']): string {
  if (unit === 'MB') return `${Math.round(value)} MB`;
  if (value < 0.1) return `${(value * 1e6).toFixed(0)} ns`;
  return value >= 9_995 ? `${(value / 1000).toFixed(1)} s` : value >= 999.5 ? `${(value / 1000).toFixed(2)} s` : value >= 99.5 ? `${Math.round(value)} ms` : `${value.toPrecision(3)} ms`;
}

/** `'2.41 (2.30 to 2.52)'` */
export function ratioText({ ratio, spread }: Finding): string {
  if (ratio === undefined) return '';
  return `${ratio.toFixed(2)}${spread === undefined ? '' : ` (${spread[0].toFixed(2)} to ${spread[1].toFixed(2)})`}`;
}

export function aimText(aim: NonNullable<Finding['aim']>): string {
  return 'atLeast' in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`;
}

export function reached(ratio: number, aim: NonNullable<Finding['aim']>): boolean {
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;
}

export function count(n: number): string {
  return n.toLocaleString('en-US');
}
