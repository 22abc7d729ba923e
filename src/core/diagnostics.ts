/** A remark the user should read: a code for programs, a sentence with its cure for people. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** One row that was refused, with its place and the reason. */
export interface Refusal {
  /** zero-based data row, of all files together where there are several */
  readonly row: number;
  /** the file, where the log has several */
  readonly file?: string;
  /** one-based line of the file, where there is one */
  readonly line?: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/**
 * What became of the input. Nothing is dropped in silence: `rows.read` is always
 * `rows.used + rows.refused + Σ rows.leftOut`, and `customers.seen` is `customers.kept + Σ customers.leftOut`.
 */
export interface Diagnostics {
  readonly rows: {
    readonly read: number;
    readonly used: number;
    readonly refused: number;
    /** rows left out by a rule, by reason: `cancelled`, `after-as-of`, `before-from`, `zero-orders`, `returns` … */
    readonly leftOut: Readonly<Record<string, number>>;
  };
  /** absent until rows have been summarized into customers */
  readonly customers?: {
    readonly seen: number;
    readonly kept: number;
    /** customers left out by a rule, by reason: `no-purchase` */
    readonly leftOut: Readonly<Record<string, number>>;
  };
  /**
   * how a file was summarized: `in-memory`, or in one pass (`streaming`), keeping order ids where they are counted and a
   * bit per customer and day where purchases stand out of order
   */
  readonly method?: 'streaming' | 'streaming-day-bits' | 'streaming-order-ids' | 'streaming-order-ids-day-bits' | 'in-memory';
  /** the first refused rows (at most {@link REFUSALS_KEPT}); `rows.refused` is the count of all */
  readonly refused: readonly Refusal[];
  readonly warnings: readonly Warning[];
}

/** How many refused rows are kept with their reason. */
export const REFUSALS_KEPT = 10;

/** Diagnostics of input that needed no remark. */
export function cleanDiagnostics(rows: number): Diagnostics {
  return { rows: { read: rows, used: rows, refused: 0, leftOut: {} }, refused: [], warnings: [] };
}

/** The same diagnostics with more warnings behind them; a warning already there is not repeated. */
export function withWarnings(diagnostics: Diagnostics, warnings: readonly Warning[]): Diagnostics {
  const fresh = warnings.filter((w) => !diagnostics.warnings.some((known) => known.code === w.code && known.message === w.message));
  return fresh.length === 0 ? diagnostics : { ...diagnostics, warnings: [...diagnostics.warnings, ...fresh] };
}

/** Diagnostics as lines of plain text for a terminal or a page; empty when there is nothing to say. */
export function diagnosticsLines(diagnostics: Diagnostics): string[] {
  const lines: string[] = [];
  const { rows, customers, refused, warnings } = diagnostics;
  const left = counts(rows.leftOut);
  if (rows.refused > 0 || left.length > 0) {
    lines.push(`${rows.read} rows read, ${rows.used} used${rows.refused > 0 ? `, ${rows.refused} refused` : ''}${left.map((l) => `, ${l}`).join('')}`);
  }
  for (const r of refused) {
    lines.push(`  refused ${r.file === undefined ? '' : `${r.file}, `}${r.line === undefined ? `row ${r.row}` : `line ${r.line}`}, column ${JSON.stringify(r.column)}, value ${r.value}: ${r.reason}`);
  }
  if (rows.refused > refused.length) lines.push(`  … and ${rows.refused - refused.length} more refused rows`);
  if (customers !== undefined) {
    const out = counts(customers.leftOut);
    if (out.length > 0) lines.push(`${customers.seen} customers seen, ${customers.kept} kept, ${out.join(', ')}`);
  }
  for (const w of warnings) lines.push(`${w.code}: ${w.message}`);
  return lines;
}

function counts(leftOut: Readonly<Record<string, number>>): string[] {
  return Object.entries(leftOut).filter(([, n]) => n > 0).map(([reason, n]) => `${n} left out (${reason})`);
}
