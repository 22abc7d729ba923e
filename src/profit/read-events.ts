import { ClienteleError } from '../core/index.js';
import { asTable, categoriesOf, columnMissing, groupRows, isPresent, numbersOf, type CategoryColumn, type Groups, type Table, type TableInput } from '../columns/index.js';

/**
 * What happened with customers besides orders: a table with `customer` and `kind` (visit, call, return, delivery,
 * complaint, service request …), and where known `date`, `cost` (money of this very event), `count` (1 when absent) and
 * `handled` (whether it was settled).
 */
export type EventsInput = TableInput;

/** Events as columns, checked. */
export interface Events {
  readonly source: Table;
  readonly customers: Groups;
  readonly kind: CategoryColumn;
  /** money of the event itself, NaN where only a rate can tell; absent without such a column */
  readonly cost: Float64Array | undefined;
  readonly count: Float64Array | undefined;
  /** 1 settled, 0 open; absent without such a column */
  readonly handled: Uint8Array | undefined;
}

/**
 * Check a table of events.
 *
 * @throws ClienteleError `COLUMN_MISSING` without `customer` or `kind`; `VALUE_INVALID` naming the row of an event without
 *   customer or kind, or of a cost or count that is infinite or below 0
 */
export function readEvents(where: string, input: EventsInput): Events {
  const source = asTable(where, input);
  for (const name of ['customer', 'kind']) if (!source.has(name)) throw columnMissing(where, name, source.names);
  const kind = categoriesOf(where, source, 'kind');
  const customers = groupRows(source.column('customer'));
  for (const [name, codes] of [['customer', customers.codes], ['kind', kind.data]] as const) {
    const row = codes.indexOf(-1);
    if (row !== -1) throw gap(where, name, row);
  }
  const cost = source.has('cost') ? amounts(where, source, 'cost') : undefined;
  const count = source.has('count') ? amounts(where, source, 'count') : undefined;
  return { source, customers, kind, cost, count, handled: source.has('handled') ? settled(where, source) : undefined };
}

function amounts(where: string, source: Table, name: string): Float64Array {
  const values = numbersOf(where, source, name);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value < 0 || value === Infinity) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(value) }, `row ${row}: ${name} is ${value}.`, 'Give numbers from 0; leave a cost empty where a rate applies.');
  }
  return values;
}

function settled(where: string, source: Table): Uint8Array {
  const column = source.column('handled');
  if (column.type !== 'flag') throw new ClienteleError('VALUE_INVALID', { where, column: 'handled' }, `column "handled" holds ${column.type}, not true and false.`, 'Give true where the event was settled.');
  return column.valid === undefined ? column.data : column.data.map((flag, row) => (isPresent(column, row) ? flag : 0));
}

function gap(where: string, column: string, row: number): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where, column, row }, `row ${row} has no ${column}.`, 'Every event needs a customer and a kind: drop or fill such rows.');
}
