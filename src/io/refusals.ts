import { ClienteleError, REFUSALS_KEPT, valueText, type Refusal } from '../core/index.js';

/** Why a value cannot be used, and how to mend it. */
export interface BadValue {
  readonly code: 'VALUE_INVALID' | 'DATE_AMBIGUOUS';
  /** what is wrong, to stand behind the value: `is not a number` */
  readonly reason: string;
  /** a full sentence */
  readonly mend: string;
}

/** The rows that cannot be used: either the first one is thrown, or all are counted and the first few kept. */
export interface Refusals {
  /**
   * Note a bad value; of several in one row the first noted counts. Rows may come in any order until {@link settle}.
   *
   * @param file where it is one of several
   */
  note(row: number, line: number | undefined, column: string, value: unknown, bad: BadValue, file?: string): void;
  /**
   * Take up what was noted: throw the earliest, or count. Rows noted later must lie behind those noted before.
   *
   * @throws ClienteleError `VALUE_INVALID` or `DATE_AMBIGUOUS`, unless bad rows are to be skipped
   */
  settle(): void;
  /** rows refused so far, ascending */
  readonly rows: readonly number[];
  /** the first refused rows with their reasons */
  readonly kept: readonly Refusal[];
  /** the error for the first refused row, to say when no row is left */
  first(): ClienteleError | undefined;
}

/** A row that cannot be used, as its reader noted it. */
export interface NotedRow {
  readonly row: number;
  readonly line: number | undefined;
  readonly column: string;
  readonly value: unknown;
  readonly bad: BadValue;
  /** where it is one of several */
  readonly file?: string | undefined;
}

/** The column name under which a row is refused that does not have the right number of fields. */
export const WHOLE_ROW = '(whole row)';

/** An empty list of refusals. */
export function newRefusals(where: string, file: string | undefined, onBadRow: 'throw' | 'skip'): Refusals {
  const rows: number[] = [];
  const kept: Refusal[] = [];
  let earliest: ClienteleError | undefined;
  let noted: NotedRow[] = [];

  return {
    rows,
    kept,
    first: () => earliest,
    note: (row, line, column, value, bad, part) => {
      noted.push({ row, line, column, value, bad, file: part });
    },
    settle: () => {
      if (noted.length === 0) return;
      noted.sort((a, b) => a.row - b.row);      // stable: within a row the first noted stays first
      for (const entry of noted) {
        if (rows.length > 0 && rows[rows.length - 1] === entry.row) continue;
        earliest ??= refusalError(where, file, entry);
        if (onBadRow === 'throw') throw earliest;
        rows.push(entry.row);
        if (kept.length < REFUSALS_KEPT) kept.push(refusalOf(entry));
      }
      noted = [];
    },
  };
}

/** The same list for one of several files that make one log, whose rows begin behind those of the files before. */
export function refusalsOfPart(refusals: Refusals, file: string | undefined, rowsBefore: number): Refusals {
  return { ...refusals, note: (row, line, column, value, bad) => refusals.note(rowsBefore + row, line, column, value, bad, file) };
}

/** A noted row as it stands in diagnostics. */
export function refusalOf({ row, line, column, value, bad, file }: NotedRow): Refusal {
  return { row, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }), column, value: valueText(value), reason: bad.reason };
}

function refusalError(where: string, wholeFile: string | undefined, { row, line, column, value, bad, file = wholeFile }: NotedRow): ClienteleError {
  const shown = valueText(value);
  const at = [file, line === undefined ? `row ${row}` : `line ${line}`, column === WHOLE_ROW ? undefined : `column ${valueText(column)}`].filter((part) => part !== undefined).join(', ');
  const place = { where, column, row, ...(line === undefined ? {} : { line }), ...(file === undefined ? {} : { file }), value: shown };
  const subject = column === WHOLE_ROW ? 'the row' : shown;
  return new ClienteleError(bad.code, place, `${at}: ${subject} ${bad.reason}.`, `${bad.mend} To leave such rows out and have them counted, pass onBadRow: 'skip'.`);
}
