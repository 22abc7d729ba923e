import { basename, extname } from 'node:path';
import { valueText } from '../core/index.js';
import { inspectCsv, type CsvReadingOptions, type Inspection, type Mapping } from '../io/index.js';
import { sheetAsCsv } from '../io/node/index.js';
import { inspectFile, type CsvFileSource } from '../node.js';
import { text, UsageError, type FlagValues } from './flags.js';
import { COLUMN_FLAGS, readMapping, readOptions } from './reading.js';

/** What a name on the command line stands for: standard input, a spreadsheet as CSV, or the file by its name. */
export async function sourceOf(file: string, flags: FlagValues): Promise<{ source: CsvFileSource; options: CsvReadingOptions }> {
  if (file === '-') return { source: process.stdin, options: { source: 'standard input' } };
  if (extname(file).toLowerCase() !== '.xlsx') return { source: file, options: {} };
  const sheet = text(flags, 'sheet');
  return { source: await sheetAsCsv('clientele', file, sheet !== undefined && /^\d+$/.test(sheet) ? Number(sheet) : sheet), options: { source: basename(file) } };
}

/** Look into a file, or what stands for one. */
export async function inspectSource(source: CsvFileSource, options: CsvReadingOptions): Promise<Inspection> {
  return typeof source === 'string' || source instanceof URL ? inspectFile(source, options) : inspectCsv(source, options);
}

/** How a file is read, and what is to be said about it: nothing where the command line says it all. */
export interface Reading {
  readonly source: CsvFileSource;
  readonly mapping: Mapping;
  readonly options: CsvReadingOptions;
  readonly said: readonly string[];
}

const REQUIRED = ['customer', 'date', 'amount'] as const;

/**
 * The mapping from the command line, and where customer, date or amount are not named, from a look into the file.
 *
 * @throws UsageError where the look does not find them either, or there is no file to look into
 */
export async function readingOf(file: string, flags: FlagValues): Promise<Reading> {
  const opened = await sourceOf(file, flags);
  const given = { ...readOptions(flags), ...opened.options };
  if (REQUIRED.every((role) => text(flags, role) !== undefined) || file === '-') return { source: opened.source, mapping: readMapping(flags), options: given, said: [] };
  const inspection = await inspectSource(opened.source, given);
  const named = Object.fromEntries(COLUMN_FLAGS.map(({ name }) => [name, text(flags, name)]).filter(([, column]) => column !== undefined));
  const used = Object.values(named);
  const proposed = Object.fromEntries(Object.entries(inspection.mapping).filter(([role, column]) => named[role] === undefined && !used.includes(String(column)) && isUseful(role)));
  const found = { ...proposed, ...named };
  const missing = REQUIRED.filter((role) => found[role] === undefined);
  if (missing.length > 0) {
    const columns = inspection.columns.toColumns()['name'] as string[];
    throw new UsageError(`say which column is the ${missing.join(', the ')}: ${missing.map((role) => `--${role} COLUMN`).join(' ')}. No column of ${file} (${columns.slice(0, 12).map((name) => valueText(name)).join(', ')}) seems to be it.`);
  }
  const mapping = { ...readMapping({ ...flags, ...Object.fromEntries(Object.entries(found).map(([role, column]) => [role, String(column)])) }) };
  const { dateFormat, decimal, thousands, currencySign } = inspection.options;
  const options = Object.entries({ dateFormat, decimal, thousands, currencySign }).filter(([key, value]) => value !== undefined && given[key as keyof CsvReadingOptions] === undefined);
  const flagsFor = [...Object.entries(proposed).map(([role, column]) => `--${role} ${shellWord(String(column))}`), ...options.map(([key, value]) => `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} ${shellWord(String(value))}`)];
  return { source: opened.source, mapping, options: { ...given, ...Object.fromEntries(options) }, said: [text(flags, 'labels') === 'zh' ? `读取参数：${flagsFor.join(' ')}（原因见 clientele inspect ${shellWord(file)}）` : `read as if called with ${flagsFor.join(' ')} (clientele inspect ${shellWord(file)} shows why)`] };
}

/** Beyond the three required roles only those that change what is counted are taken unasked. */
function isUseful(role: string): boolean {
  return (REQUIRED as readonly string[]).includes(role) || role === 'order' || role === 'status' || role === 'currency';
}

/** A word as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w./:@%+,\u0080-\uffff-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
