import { parseArgs } from 'node:util';
import { valueText, type ClienteleError } from '../core/index.js';

/** One flag of a command: its name in kebab-case, what it takes, and the line the help prints. */
export interface Flag {
  readonly name: string;
  /** what stands after it, for the help; a flag without is a switch */
  readonly takes?: string;
  readonly help: string;
}

/** Flags as given: switches true, others their text. */
export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

/** What stood on the command line behind the command's name. */
export interface CommandLine {
  readonly positionals: readonly string[];
  readonly flags: FlagValues;
}

/** A mistake on the command line: printed with a pointer to the help, exit code 2. */
export class UsageError extends Error {}

/**
 * Read a command line against the flags a command knows.
 *
 * @throws UsageError for an unknown flag, naming near ones, or a flag without its value
 */
export function readCommandLine(args: readonly string[], flags: readonly Flag[]): CommandLine {
  const options = Object.fromEntries(flags.map((flag) => [flag.name, { type: flag.takes === undefined ? ('boolean' as const) : ('string' as const) }]));
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true, strict: true });
    return { positionals, flags: values as FlagValues };
  } catch (e) {
    const unknown = /Unknown option '(--?[^']+)'/.exec((e as Error).message)?.[1];
    if (unknown === undefined) throw new UsageError((e as Error).message.replace(/\. To specify a positional.*$/s, '.'));
    const near = flags.filter((flag) => flag.name.startsWith(unknown.replace(/^-+/, '').slice(0, 3))).map((flag) => `--${flag.name}`);
    throw new UsageError(`there is no flag ${unknown}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`);
  }
}

/** A flag's text, or `undefined` when it was not given. */
export function text(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** A flag's comma-separated parts, trimmed. */
export function list(flags: FlagValues, name: string): string[] | undefined {
  return text(flags, name)?.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * A flag's number.
 *
 * @throws UsageError where the text is none
 */
export function number(flags: FlagValues, name: string): number | undefined {
  const given = text(flags, name);
  return given === undefined ? undefined : toNumber(name, given);
}

/** A flag's comma-separated numbers. */
export function numbers(flags: FlagValues, name: string): number[] | undefined {
  return list(flags, name)?.map((part) => toNumber(name, part));
}

function toNumber(name: string, given: string): number {
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value)) throw new UsageError(`--${name} takes a number, not ${valueText(given)}.`);
  return value;
}

/** Only the options that were given, so that the library's own defaults hold for the others. */
export function given<T extends object>(options: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Errors that a change of the command line mends; everything else is about data, files or the disk. */
export function isUsageMistake(e: ClienteleError): boolean {
  return e.code === 'OPTION_INVALID' || e.code === 'MAP_NOT_APPLICABLE';
}
