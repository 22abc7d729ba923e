// What was found, as a table for the terminal and as the Markdown block of the README.
import { cpus, release, totalmem, type as systemName } from 'node:os';
import { readFileSync } from 'node:fs';
import { aimText, amount, checked, ratioText, reached, type Answer, type Finding, type Size } from './measure.js';
import { findPandas, versionOf } from './rivals.js';

/** question | ours | peer | ratio | aim, columns aligned. */
export function textTable(answers: readonly Answer[], size: Size): string {
  const rows = [['question', 'ours', 'peer', 'ratio', 'aim'], ...answers.map((answer) => ('skipped' in answer ? [answer.question, '', 'skipped, see above', '', ''] : cells(answer, size)))];
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((row) => row.map((cell, c) => cell.padEnd(widths[c]!)).join('  ').trimEnd()).join('\n');
}

/** The same with machine, versions, and how rows were compared. */
export function markdownBlock(answers: readonly Answer[], size: Size, loadBefore: number): string {
  const rows = answers.map((answer) => `| ${[...cells(answer, size), 'skipped' in answer ? '' : checked(answer)].join(' | ')} |`);
  return [
    ...machine(loadBefore), '',
    size.full ? 'Full sizes (`npm run bench -- --full`).' : 'Small sizes (`npm run bench`): these say that all works, not how fast it is.', '',
    '| question | ours | peer | ratio (least to greatest) | aim | checked before |', '|---|---|---|---|---|---|', ...rows, '',
  ].join('\n');
}

function cells(answer: Answer, size: Size): string[] {
  if ('skipped' in answer) return [answer.question, '', `skipped: ${answer.skipped}`, '', ''];
  const { question, ours, theirs, unit, peer } = answer;
  return [question, amount(ours, unit), theirs === undefined ? peer : `${amount(theirs, unit)}, ${peer}`, ratioText(answer), aimCell(answer, size)];
}

/** The aim, and at full size whether it is reached. */
function aimCell({ ratio, aim }: Finding, { full }: Size): string {
  if (aim === undefined || ratio === undefined) return '';
  return `${aimText(aim)}${!full ? '' : reached(ratio, aim) ? ', reached' : ', missed'}`;
}

function machine(loadBefore: number): string[] {
  const processor = cpus()[0];
  const rivals = ['@duckdb/node-api', 'arquero', 'nodejs-polars', 'danfojs-node'].map((name) => `${name} ${versionOf(name) ?? 'not installed'}`);
  return [
    `- Machine: ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${osName()}; load before the run ${loadBefore.toFixed(2)}`,
    `- Node ${process.versions.node}, V8 ${process.versions.v8}; ${rivals.join(', ')}; ${findPandas()?.version ?? 'pandas not installed'}`,
    `- ${new Date().toISOString().slice(0, 10)}. Medians; ratio = peer / ours, above 1 ours is faster or smaller. Runs of both sides in turn.`,
  ];
}

function osName(): string {
  const pretty = (() => {
    try {
      return /PRETTY_NAME="([^"]+)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    } catch {
      return undefined;
    }
  })();
  return `${pretty ?? systemName()} (${systemName()} ${release()})`;
}
