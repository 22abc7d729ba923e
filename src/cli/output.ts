import { extname } from 'node:path';
import { valueText } from '../core/index.js';
import type { Table } from '../columns/index.js';
import { writeAtomic, writeCsv, writeJson, writeNdjson } from '../node.js';
import { resultsPage, type Language, type ResultsPageParts } from '../report/index.js';
import { UsageError } from './flags.js';

/**
 * The one file a command reads.
 *
 * @throws UsageError for none or several
 */
export function onlyFile(positionals: readonly string[]): string {
  if (positionals.length === 1) return positionals[0]!;
  throw new UsageError(positionals.length === 0 ? 'name a CSV file, or - for standard input.' : `one file at a time, not ${positionals.length} (${positionals.map((p) => valueText(p)).join(', ')}).`);
}

/**
 * Refuse a target whose ending says no format, before the long work begins.
 *
 * @throws UsageError
 */
export function checkOut(out: string | undefined, flag = 'out'): void {
  if (out === undefined || out === '-' || ['.csv', '.json', '.ndjson'].includes(extname(out).toLowerCase())) return;
  throw new UsageError(`--${flag} ${valueText(out)}: the ending says the format; use .csv, .json or .ndjson, or - for CSV on standard output.`);
}

/**
 * Refuse a page that is no .html file, or the same file as the table.
 *
 * @throws UsageError
 */
export function checkReport(page: string | undefined, out: string | undefined): void {
  if (page === undefined) return;
  if (extname(page).toLowerCase() !== '.html') throw new UsageError(`--report ${valueText(page)}: name an .html file.`);
  if (page === out) throw new UsageError('--out and --report name the same file.');
}

/** Write a page of results, whole or not at all, and say so. */
export async function writePage(parts: ResultsPageParts, page: string, language: Language, signal: AbortSignal): Promise<string> {
  const text = await resultsPage(parts, { language });
  await writeAtomic(page, [new TextEncoder().encode(text)], { where: 'report', signal });
  return `wrote ${page}`;
}

/** Write a table in the format its name ends with, and say so. */
export async function writeTable(table: Table, out: string, what: string, signal: AbortSignal): Promise<string> {
  const ending = extname(out).toLowerCase();
  if (ending === '.json') await writeJson(table, out, { signal });
  else if (ending === '.ndjson') await writeNdjson(table, out, { signal });
  else {
    const { formulaPrefixed } = await writeCsv(table, out === '-' ? process.stdout : out, { signal });
    if (formulaPrefixed > 0) return `wrote ${table.numRows} ${what} to ${out === '-' ? 'standard output' : out}, ${formulaPrefixed} text cells quoted against spreadsheet formulas`;
  }
  return `wrote ${table.numRows} ${what} to ${out === '-' ? 'standard output' : out}`;
}
