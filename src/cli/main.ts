#!/usr/bin/env node
import { isClienteleError } from '../core/index.js';
import { baskets } from './baskets.js';
import { isClosedPipe } from '../node.js';
import { demo } from './demo.js';
import { isUsageMistake, UsageError } from './flags.js';
import { commandHelp, overview, type Command } from './help.js';
import { compare } from './compare.js';
import { customer } from './customer.js';
import { inspect } from './inspect.js';
import { pareto } from './pareto.js';
import { retention } from './retention.js';
import { score } from './score.js';
import { screen } from './screen.js';
import { segment } from './segment.js';
import { survey } from './survey.js';
import { version } from './version.js';
import { warn } from './warn.js';

const COMMANDS: readonly Command[] = [score, segment, pareto, screen, retention, warn, survey, baskets, customer, inspect, compare, demo];

/** Exit codes: done (a closed pipe included), bad data or file or disk, bad usage, interrupted. */
const DONE = 0, BAD_DATA = 1, BAD_USAGE = 2, INTERRUPTED = 130;

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' ? COMMANDS.find((c) => c.name === rest[0]) : undefined;
    process.stdout.write(about === undefined ? overview(COMMANDS) : commandHelp(about));
    return name === undefined ? BAD_USAGE : DONE;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version()}\n`);
    return DONE;
  }
  const command = COMMANDS.find((c) => c.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}. Commands: ${COMMANDS.map((c) => c.name).join(', ')}.`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandHelp(command));
    return DONE;
  }

  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    await command.run(rest, abort.signal);
    return DONE;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function report(e: unknown, command: string | undefined): number {
  if (isClosedPipe(e)) return DONE;
  if (e instanceof UsageError) {
    process.stderr.write(`clientele: ${e.message}\nTry: clientele ${command === undefined || command.startsWith('-') ? '' : `${command} `}--help\n`);
    return BAD_USAGE;
  }
  if (isClienteleError(e)) {
    if (e.code === 'ABORTED') {
      process.stderr.write('clientele: interrupted; nothing was left half written.\n');
      return INTERRUPTED;
    }
    process.stderr.write(`clientele: ${e.message}\n`);
    return isUsageMistake(e) ? BAD_USAGE : BAD_DATA;
  }
  process.stderr.write(`clientele: unexpected: ${e instanceof Error ? e.stack ?? e.message : String(e)}\n`);
  return BAD_DATA;
}

const args = process.argv.slice(2);
// A reader that went away (clientele … | head) is no failure.
process.stdout.on('error', (e) => process.exit(report(e, args[0])));
process.stderr.on('error', () => process.exit(BAD_DATA));
process.exitCode = await run(args).catch((e: unknown) => report(e, COMMANDS.some((c) => c.name === args[0]) ? args[0] : undefined));
