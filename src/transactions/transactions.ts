import { cleanDiagnostics, ClienteleError, notThisResult, valueText, type DateUnit, type Diagnostics } from '../core/index.js';
import { categoriesOf, columnMissing, isTable, Table, takeColumn, type CategoryColumn, type Column } from '../columns/index.js';

/** The roles a column of an order log can play; the first three are required. */
export const ROLES = ['customer', 'date', 'amount', 'order', 'product', 'quantity', 'cost', 'channel', 'status', 'currency'] as const;
export type Role = (typeof ROLES)[number];

/** Statuses whose rows are not purchases, compared without regard to case; replace by the option `cancelled`. */
export const CANCELLED_STATUSES: readonly string[] = ['cancelled', 'canceled', 'voided', 'void', 'failed', 'deleted', '已取消', '取消'];

/** How the dates of a log are to be read; inherited by everything made from it. */
export interface LogMeta {
  /** zone in which instants were cut to days; absent when the log held calendar days only */
  readonly timeZone?: string;
  readonly resolution: DateUnit;
  readonly dateFormat?: string;
  /** the one currency of the log, where a column says it */
  readonly currency?: string;
  /** where the rows came from, for people: a file name, `'rows'` */
  readonly source: string;
}

/**
 * An order log whose columns play known roles, checked at the door: made by `readCsv`, `parseCsv`, `fromRows`,
 * `fromColumns`, `fromArquero` and their kin, never by hand.
 *
 * `customer` is text, category or whole numbers; `date` a date column; `amount` numbers without NaN.
 */
export class Transactions extends Table {
  readonly meta: LogMeta;
  readonly diagnostics: Diagnostics;
  /** roles given; every other column is carried along */
  readonly roles: readonly Role[];

  constructor(columns: Iterable<readonly [string, Column]>, roles: readonly Role[], meta: LogMeta, diagnostics: Diagnostics) {
    super(columns);
    this.roles = roles;
    this.meta = meta;
    this.diagnostics = diagnostics;
  }

  /** Names of the columns that play no role. */
  get carried(): readonly string[] {
    return this.names.filter((name) => !(this.roles as readonly string[]).includes(name));
  }

  protected override derive(columns: Iterable<readonly [string, Column]>): this {
    const rows = new Table(columns);
    return new Transactions(rows.entries(), this.roles, this.meta, cleanDiagnostics(rows.numRows)) as this;
  }
}

/** What a door hands over: columns by role and carried columns, refused rows already out. */
export interface TransactionsParts {
  /** the public function, for messages */
  readonly where: string;
  readonly roles: ReadonlyMap<Role, Column>;
  readonly carried: ReadonlyMap<string, Column>;
  readonly meta: LogMeta;
  readonly diagnostics: Diagnostics;
  /** statuses left out, any case; {@link CANCELLED_STATUSES} when absent */
  readonly cancelled?: readonly string[];
}

/**
 * Make an order log of columns by role: cancelled rows are left out and counted, mixed currencies refused.
 *
 * @throws ClienteleError `COLUMN_MISSING` without customer, date or amount; `VALUE_INVALID` for a column of the wrong
 *   type or a carried column named like a role; `CURRENCY_MIXED`
 */
export function makeTransactions(parts: TransactionsParts): Transactions {
  const { where, roles, carried, meta, diagnostics } = parts;
  for (const role of ['customer', 'date', 'amount'] as const) if (!roles.has(role)) throw columnMissing(where, role, [...roles.keys(), ...carried.keys()]);
  for (const name of carried.keys()) {
    if (roles.has(name as Role)) {
      throw new ClienteleError('VALUE_INVALID', { where, column: name }, `the carried column ${valueText(name)} has the name of a role that another column plays.`, 'Rename it in the source, or leave it out.');
    }
  }
  let columns: [string, Column][] = [...roles, ...carried];
  const dropped = cancelledRows(where, roles.get('status'), parts.cancelled ?? CANCELLED_STATUSES);
  if (dropped.count > 0) columns = columns.map(([name, column]) => [name, takeColumn(column, dropped.kept)]);

  const checked = new Transactions(columns, [...roles.keys()], meta, diagnostics);
  const currency = onlyCurrency(where, checked);
  return new Transactions(columns, [...roles.keys()], currency === undefined ? meta : { ...meta, currency }, {
    ...diagnostics,
    rows: { ...diagnostics.rows, used: diagnostics.rows.used - dropped.count, leftOut: { ...diagnostics.rows.leftOut, ...(dropped.count > 0 ? { cancelled: dropped.count } : {}) } },
  });
}

function cancelledRows(where: string, given: Column | undefined, statuses: readonly string[]): { count: number; kept: Int32Array } {
  if (given === undefined || statuses.length === 0) return { count: 0, kept: new Int32Array(0) };
  const status = categoriesOf(where, new Table([['status', given]]), 'status');
  const lower = new Set(statuses.map((s) => s.toLowerCase()));
  const cancelled = status.values.map((value) => lower.has(value.trim().toLowerCase()));
  const kept: number[] = [];
  for (let i = 0; i < status.data.length; i++) if (cancelled[status.data[i]!] !== true) kept.push(i);
  return { count: status.data.length - kept.length, kept: Int32Array.from(kept) };
}

function onlyCurrency(where: string, log: Transactions): string | undefined {
  if (!log.roles.includes('currency')) return undefined;
  const currency = categoriesOf(where, log, 'currency');
  const used = usedValues(currency);
  if (used.length > 1) {
    throw new ClienteleError('CURRENCY_MIXED', { where, column: 'currency', value: used.join(', ') }, `the log mixes ${used.length} currencies (${used.slice(0, 5).join(', ')}).`, 'Convert amounts to one currency first, or pass the rows of one currency.');
  }
  return used[0];
}

function usedValues(column: CategoryColumn): string[] {
  const seen = new Uint8Array(column.values.length);
  for (let i = 0; i < column.data.length; i++) if (column.data[i] !== -1) seen[column.data[i]!] = 1;
  return column.values.filter((_, code) => seen[code] === 1);
}

/** True for an order log of any copy of the library. */
export function isTransactions(input: unknown): input is Transactions {
  return isTable(input) && 'roles' in input && Array.isArray(input.roles) && 'meta' in input;
}

/**
 * Check that something is an order log.
 *
 * @throws ClienteleError `VALUE_INVALID` saying how to make one
 */
export function checkLog(where: string, transactions: unknown): asserts transactions is Transactions {
  if (!isTransactions(transactions)) throw notThisResult(where, transactions, 'an order log', 'Make one with readCsv, parseCsv, fromRows or fromColumns.');
}
