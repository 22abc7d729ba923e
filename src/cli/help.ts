import type { Flag } from './flags.js';

/** One command of `clientele`. */
export interface Command {
  readonly name: string;
  /** one line for the overview */
  readonly summary: string;
  /** how it is called, without the name of the program */
  readonly usage: string;
  readonly groups: readonly { readonly title: string; readonly flags: readonly Flag[] }[];
  readonly examples: readonly string[];
  run(args: readonly string[], signal: AbortSignal): Promise<void>;
}

/** All flags of a command. */
export function allFlags(groups: Command['groups']): Flag[] {
  return groups.flatMap((group) => [...group.flags]);
}

/** What `clientele --help` prints. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((c) => c.name.length));
  return `clientele: customer analytics from an order log

${commands.map((c) => `  clientele ${c.name.padEnd(width)}  ${c.summary}`).join('\n')}

More: clientele COMMAND --help
Exit codes: 0 done, 1 bad data, file or disk, 2 bad usage, 130 interrupted
`;
}

/** What `clientele COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const width = Math.max(...allFlags(command.groups).map((f) => label(f).length));
  const groups = command.groups.map((group) => `${group.title}\n${group.flags.map((f) => `  ${label(f).padEnd(width)}  ${f.help}`).join('\n')}`);
  return `clientele ${command.usage}\n\n${command.summary}\n\n${groups.join('\n\n')}\n\nExamples\n${command.examples.map((e) => `  ${e}`).join('\n')}\n`;
}

function label(flag: Flag): string {
  return flag.takes === undefined ? `--${flag.name}` : `--${flag.name} ${flag.takes}`;
}
