import { readCommandLine, UsageError } from './flags.js';
import { allFlags, type Command } from './help.js';
import { print } from './pipes.js';
import { inspectSource, shellWord, sourceOf } from './proposal.js';
import { readOptions, READING_FLAGS } from './reading.js';

const groups: Command['groups'] = [{ title: 'Reading', flags: READING_FLAGS }];

/** `clientele inspect`: what is in a file, and how it may be read. */
export const inspect: Command = {
  name: 'inspect',
  summary: 'look into an order log: columns, formats, a proposed mapping',
  usage: 'inspect ORDERS.csv|- [flags]',
  groups,
  examples: ['clientele inspect orders.csv', 'clientele inspect export.csv --encoding gb18030'],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError('name one file to look into, or - for standard input.');
  const opened = await sourceOf(file, flags);
  const found = await inspectSource(opened.source, { ...readOptions(flags), ...opened.options, signal });
  const flagged = [...Object.entries(found.mapping), ...Object.entries(found.options).filter(([key]) => !['signal', 'header', 'source'].includes(key))]
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} ${shellWord(name === 'delimiter' && value === '\t' ? 'tab' : String(value))}`);
  await print(`${found.toString()}\n\nclientele score ${shellWord(file)} ${flagged.join(' ')}\n`);
}
