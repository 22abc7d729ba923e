import { checkKeys, checkWord, ClienteleError, notThisResult, valueText } from '../core/index.js';
import { cellOf, isTable, type Table } from '../columns/index.js';
import { operationWarnings, type OperationFinding } from './operation-warnings.js';
import { SEVERITIES, type Severity } from './severity.js';

export interface CrisisViewOptions {
  /** one customer only */
  readonly customer?: string | number;
  /** least severity shown, `'warn'` by default: everything red */
  readonly from?: Severity;
}

/**
 * Everything red about one customer, or about all, in one table (危机预警): warnings of orders, receivables, plans, expense
 * and changes together.
 *
 * @param sources tables of `warnings` and of the operating warnings; not modified
 * @returns customer, rule, severity, value, limit, base, reason, moneyAtStake; worst first, then money (unknown stays missing, last), then id
 * @throws ClienteleError `VALUE_INVALID` for a table that is not of this shape; `OPTION_INVALID`
 * @example
 * crisisView([warnings(orders).table, receivables(invoices, { asOf }).warnings], { customer: 'C07' });
 */
export function crisisView(sources: readonly Table[], options: CrisisViewOptions = {}): Table {
  const where = 'crisisView';
  if (!Array.isArray(sources)) throw notThisResult(where, sources, 'a list of tables of warnings', 'Pass [warnings(…).table, receivables(…).warnings, …].');
  checkKeys(where, options, ['customer', 'from']);
  const from = SEVERITIES.indexOf(checkWord(where, 'from', options.from ?? 'warn', SEVERITIES));
  const wanted = options.customer === undefined ? undefined : String(options.customer);
  return operationWarnings(sources.flatMap((source) => findingsOf(where, source)).filter(({ customer, rank }) => rank >= from && (wanted === undefined || customer === wanted)));
}

/** Rows of a table of warnings. */
export function findingsOf(where: string, source: Table): OperationFinding[] {
  if (!isTable(source) || !['customer', 'rule', 'severity', 'value', 'limit', 'base', 'reason', 'moneyAtStake'].every((name) => source.has(name))) {
    throw new ClienteleError('VALUE_INVALID', { where }, 'this is no table of warnings.', 'Pass warnings(…).table, or the warnings of receivables, salesProgress, salesExpense or majorChange.');
  }
  const read = (name: string): ((row: number) => unknown) => ((column) => (row: number) => cellOf(column, row))(source.column(name));
  const [customer, rule, severity, value, limit, base, reason, money] = ['customer', 'rule', 'severity', 'value', 'limit', 'base', 'reason', 'moneyAtStake'].map(read);
  const number = (cell: unknown): number => (typeof cell === 'number' ? cell : NaN);
  const rankOf = (row: number): number => {
    const rank = SEVERITIES.indexOf(severity!(row) as Severity);
    if (rank >= 0) return rank;
    throw new ClienteleError('VALUE_INVALID', { where, column: 'severity', row, value: valueText(severity!(row)) }, `row ${row} has severity ${valueText(severity!(row))}.`, `Use one of ${SEVERITIES.join(', ')}.`);
  };
  return Array.from({ length: source.numRows }, (_, i) => ({
    customer: String(customer!(i)), rule: String(rule!(i)), rank: rankOf(i), value: number(value!(i)), limit: number(limit!(i)), base: number(base!(i)), reason: String(reason!(i)), moneyAtStake: number(money!(i)),
  }));
}
