import { extname } from 'node:path';
import { valueText } from '../core/index.js';
import type { Table } from '../columns/index.js';
import { writeCsv, writeJson, writeNdjson } from '../node.js';
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
export function checkOut(out: string | undefined): void {
  if (out === undefined || out === '-' || ['.csv', '.json', '.ndjson'].includes(extname(out).toLowerCase())) return;
  throw new UsageError(`--out ${valueText(out)}: the ending says the format; use .csv, .json or .ndjson, or - for CSV on standard output.`);
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
