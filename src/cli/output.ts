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

/** What tables hold, by the word for it in English. */
const KINDS = { customers: '位客户', warnings: '条预警', alerts: '条提醒', cells: '个单元格', rules: '条规则', figures: '项指标', differences: '项差异', facts: '项信息' } as const;
/** What a table holds. */
export type Kind = keyof typeof KINDS;

/** A file that was written, and of a table how many of what it holds. */
export function wroteLine(target: string, language: Language, table?: { readonly rows: number; readonly kind: Kind; readonly quoted?: number }): string {
  const [zh, name] = [language === 'zh', target === '-' ? (language === 'zh' ? '标准输出' : 'standard output') : target];
  if (table === undefined) return zh ? `已写入 ${name}` : `wrote ${name}`;
  const { rows, kind, quoted = 0 } = table;
  if (zh) return `已将 ${rows} ${KINDS[kind]}写入 ${name}${quoted === 0 ? '' : `，其中 ${quoted} 个文本单元格加了引号，以免被电子表格当作公式`}`;
  return `wrote ${rows} ${kind} to ${name}${quoted === 0 ? '' : `, ${quoted} text cells quoted against spreadsheet formulas`}`;
}

/** Write a page of results, whole or not at all, and say so. */
export async function writePage(parts: ResultsPageParts, page: string, language: Language, signal: AbortSignal): Promise<string> {
  const text = await resultsPage(parts, { language });
  await writeAtomic(page, [new TextEncoder().encode(text)], { where: 'report', signal });
  return wroteLine(page, language);
}

/** Write a table in the format its name ends with, and say so. */
export async function writeTable(table: Table, out: string, kind: Kind, language: Language, signal: AbortSignal): Promise<string> {
  const ending = extname(out).toLowerCase();
  let quoted = 0;
  if (ending === '.json') await writeJson(table, out, { signal });
  else if (ending === '.ndjson') await writeNdjson(table, out, { signal });
  else ({ formulaPrefixed: quoted } = await writeCsv(table, out === '-' ? process.stdout : out, { signal }));
  return wroteLine(out, language, { rows: table.numRows, kind, quoted });
}
