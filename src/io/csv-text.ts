/** Counted while cells are written. */
export interface CsvCount {
  formulaPrefixed: number;
}

/** How cells are written. */
export interface CsvFormat {
  readonly delimiter: string;
  readonly formulaSafe: boolean;
  /** the only column: an empty cell must be quoted, as an empty line would be no row */
  readonly lone: boolean;
  readonly count: CsvCount;
}

/** One text as a CSV cell: prefixed (and counted) where a spreadsheet would run it, quoted where it must be. */
export function csvText(text: string, { delimiter, formulaSafe, lone, count }: CsvFormat): string {
  const prefix = formulaSafe && text.length > 0 && startsFormula(text.charCodeAt(0));
  if (prefix) count.formulaPrefixed++;
  const safe = prefix ? `'${text}` : text;
  const quotes = safe.includes('"') || safe.includes(delimiter) || safe.includes('\n') || safe.includes('\r') || (safe === '' && lone);
  return quotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** = + - @ tab and carriage return, the characters by which spreadsheets know a formula. */
export function startsFormula(code: number): boolean {
  return code === 61 || code === 43 || code === 45 || code === 64 || code === 9 || code === 13;
}
