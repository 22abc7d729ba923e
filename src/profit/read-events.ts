import { ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, categoriesOf, columnMissing, dayOption, groupRows, isPresent, numbersOf, type CategoryColumn, type Groups, type Table, type TableInput } from '../columns/index.js';
import { daysOf, daysOrMissing } from '../transactions/index.js';

/**
 * What happened with customers besides orders: a table with `customer` and `kind` (visit, call, return, delivery,
 * complaint, service request …), and where known `date` (dates or 'YYYY-MM-DD' text), `cost` (money of this very event), `count` (1 when absent) and
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
  /** row of each event in what was given; absent where all are used */
  readonly rows: Int32Array | undefined;
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Days looked at, both inclusive, 'YYYY-MM-DD'. */
export interface EventsWindow {
  readonly from?: string | undefined;
  readonly asOf?: string | undefined;
}

/**
 * Check a table of events, and keep those of a window; what lies outside is checked too.
 *
 * @throws ClienteleError `COLUMN_MISSING` without `customer` or `kind`, or without `date` where there is a window;
 *   `VALUE_INVALID` naming the row of an event without customer or kind, of a cost or count that is infinite or below 0, of a
 *   date that is none, or missing where there is a window; `OPTION_INVALID`
 */
export function readEvents(where: string, input: EventsInput, window: EventsWindow = {}): Events {
  const events = checkedEvents(where, asTable(where, input));
  const { source } = events;
  if (window.from === undefined && window.asOf === undefined) {
    if (source.has('date')) daysOrMissing(where, source, 'date');
    return events;
  }
  const { kept, leftOut } = inWindow(where, source, window);
  if (kept.length === source.numRows) return events;
  const used = source.take(kept);
  return {
    source: used, customers: groupRows(used.column('customer')), kind: { ...events.kind, data: kept.map((row) => events.kind.data[row]!) },
    cost: events.cost === undefined ? undefined : Float64Array.from(kept, (row) => events.cost![row]!),
    count: events.count === undefined ? undefined : Float64Array.from(kept, (row) => events.count![row]!),
    handled: events.handled === undefined ? undefined : Uint8Array.from(kept, (row) => events.handled![row]!),
    rows: kept, leftOut,
  };
}

function checkedEvents(where: string, source: Table): Events {
  for (const name of ['customer', 'kind']) if (!source.has(name)) throw columnMissing(where, name, source.names);
  const kind = categoriesOf(where, source, 'kind');
  const customers = groupRows(source.column('customer'));
  const ids = source.column('customer');
  const complete = ids.type === 'integer' && ids.valid === undefined;
  for (const [name, codes] of [...(complete ? [] : [['customer', customers.codes] as const]), ['kind', kind.data] as const]) {
    const row = codes.indexOf(-1);
    if (row !== -1) throw gap(where, name, row);
  }
  const cost = source.has('cost') ? amounts(where, source, 'cost') : undefined;
  const count = source.has('count') ? amounts(where, source, 'count') : undefined;
  return { source, customers, kind, cost, count, handled: source.has('handled') ? settled(where, source) : undefined, rows: undefined, leftOut: {} };
}

function inWindow(where: string, source: Table, { from, asOf }: EventsWindow): { kept: Int32Array; leftOut: Record<string, number> } {
  const first = from === undefined ? -Infinity : dayOption(where, 'from', from);
  const last = asOf === undefined ? Infinity : dayOption(where, 'asOf', asOf);
  if (first > last) throw optionInvalid(where, 'from', from, `Give a day that is not after asOf (${asOf}).`);
  const days = daysOf(where, source);
  const left = { 'after-as-of': 0, 'before-from': 0 };
  const kept = Int32Array.from(days.keys()).filter((row) => {
    if (days[row]! > last) left['after-as-of']++;
    else if (days[row]! < first) left['before-from']++;
    else return true;
    return false;
  });
  return { kept, leftOut: Object.fromEntries(Object.entries(left).filter(([, n]) => n > 0)) };
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
