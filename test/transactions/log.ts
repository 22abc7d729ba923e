import { cleanDiagnostics, dayOfText, type DateUnit } from '../../src/core/index.js';
import { numberColumn, textColumn, toColumn, type Column, type ColumnInput } from '../../src/columns/index.js';
import { makeTransactions, type Role, type Transactions } from '../../src/transactions/index.js';

/** An order log of [customer, date, amount] rows, as a door would hand it over. */
export function logOf(rows: readonly (readonly [customer: string, date: string | number, amount: number])[], more: { order?: readonly (string | null)[]; carried?: Record<string, ColumnInput>; resolution?: DateUnit } = {}): Transactions {
  const days = rows.map(([, date]) => (typeof date === 'number' ? date : dayOfText(date)!));
  const resolution = more.resolution ?? 'day';
  const roles = new Map<Role, Column>([
    ['customer', textColumn(rows.map(([customer]) => customer))],
    ['date', { type: 'date', data: Int32Array.from(days), ...(resolution === 'day' ? {} : { unit: resolution }) }],
    ['amount', numberColumn(Float64Array.from(rows, ([, , amount]) => amount))],
  ]);
  if (more.order !== undefined) roles.set('order', textColumn(more.order));
  const carried = new Map(Object.entries(more.carried ?? {}).map(([name, input]) => [name, toColumn('test', name, input)]));
  return makeTransactions({ where: 'test', roles, carried, meta: { resolution, source: 'rows' }, diagnostics: cleanDiagnostics(rows.length) });
}
