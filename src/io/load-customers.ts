import { ClienteleError, dayOfText, type Diagnostics, type Refusal } from '../core/index.js';
import type { Column, Table } from '../columns/index.js';
import { centsColumn, Customers, type CustomersMeta, MONEY } from '../transactions/index.js';
import { countOf, countsOf, listItems, maybe, noteInvalid, objectFields, textOf, wordOf, type NoteField } from './note-fields.js';

type Types = readonly Column['type'][];

const NUMBERS: Types = ['number', 'integer'];
const KEYS: Readonly<Record<string, Types>> = { customer: ['text', 'category', 'integer', 'number'], first: ['date'], last: ['date'] };

/** The columns that customers have, and their types. */
const MEASURES: Readonly<Record<string, Types>> = {
  ...KEYS, recency: NUMBERS, tenure: NUMBERS, span: NUMBERS, frequency: NUMBERS, repeats: NUMBERS,
  monetary: NUMBERS, meanRepeatSpend: NUMBERS, gapMean: NUMBERS, gapSd: NUMBERS,
};

/** The columns of a state, from which `mergeCustomers` goes on. */
const SUMS: Readonly<Record<string, Types>> = {
  ...KEYS, purchases: ['integer'], dates: ['integer'], frequency: ['integer'],
  gapSquares: NUMBERS, ...Object.fromEntries(MONEY.map((name) => [centsColumn(name), NUMBERS])),
};
const ORDER_IDS: Readonly<Record<string, Types>> = { lastDayOrders: ['text'] };

/**
 * Customers, or the state of customers, of a table read from a file and the note beside it, every field of which is checked.
 *
 * @param table all columns of the file; others than those of `summarize` are carried along
 * @param note JSON, as `tableNote` writes it
 * @throws ClienteleError `MODEL_INVALID` with the way to the field in `place.option`, or the column
 */
export function loadCustomers(where: string, table: Table, note: string | undefined): Customers {
  const own = objectFields({ where, path: '', value: parsed(where, note) });
  if (own('kind').value !== 'customers') throw noCustomers(where, 'The file holds another kind of table.');
  if (own('version').value !== 1) throw noteInvalid(own('version'), '1: a later version of this library may have saved it');
  const meta = readMeta(own('meta'));
  for (const [name, types] of Object.entries(columnsOf(meta))) checkColumn(where, table, name, types, meta);
  return new Customers(table.entries(), meta, readDiagnostics(own('diagnostics')));
}

function columnsOf({ state }: CustomersMeta): Readonly<Record<string, Types>> {
  if (state === undefined) return MEASURES;
  return state === 'with-order-ids' ? { ...SUMS, ...ORDER_IDS } : SUMS;
}

function parsed(where: string, note: string | undefined): unknown {
  if (note === undefined) throw noCustomers(where, 'Nothing is noted in the file of what they were summarized by.');
  try {
    return JSON.parse(note);
  } catch {
    throw noCustomers(where, 'What is noted in the file is no JSON.');
  }
}

function noCustomers(where: string, why: string): ClienteleError {
  return new ClienteleError('MODEL_INVALID', { where }, `these are no saved customers. ${why}`, 'Save what summarize returned with writeParquet or toArrowIPC, and keep the metadata where other programs pass it on; a plain table is read by tableFromParquet or tableFromArrow.');
}

function checkColumn(where: string, table: Table, name: string, types: Types, { resolution }: CustomersMeta): void {
  const column = table.has(name) ? table.column(name) : undefined;
  const unit = column?.type === 'date' ? column.unit ?? 'day' : resolution;
  if (column !== undefined && types.includes(column.type) && unit === resolution) return;
  const found = column === undefined ? 'is missing' : `holds ${column.type}${unit === resolution ? '' : ` in the unit ${unit}`}`;
  throw new ClienteleError('MODEL_INVALID', { where, column: name }, `column ${JSON.stringify(name)} of the saved customers ${found}, not ${types.join(' or ')}${types[0] === 'date' ? ` in the unit ${resolution}` : ''}.`, 'Save the customers whole, as summarize returned them.');
}

function readMeta(field: NoteField): CustomersMeta {
  const own = objectFields(field);
  const resolution = wordOf(own('resolution'), ['day', 'hour', 'minute'] as const);
  return {
    asOf: momentOf(own('asOf'), resolution !== 'day'),
    asOfSource: wordOf(own('asOfSource'), ['given', 'last-order'] as const),
    ...maybe(own, 'from', (from) => momentOf(from, undefined)),
    ...maybe(own, 'timeZone', textOf),
    resolution,
    returns: wordOf(own('returns'), ['net', 'exclude'] as const),
    zeroOrders: wordOf(own('zeroOrders'), ['keep', 'drop'] as const),
    frequency: wordOf(own('frequency'), ['orders', 'days', 'rows'] as const),
    monetary: wordOf(own('monetary'), ['total', 'mean'] as const),
    ...maybe(own, 'currency', textOf),
    source: textOf(own('source')),
    ...maybe(own, 'state', (state) => wordOf(state, ['without-order-ids', 'with-order-ids', 'no-order-ids'] as const)),
  };
}

/** A day, with or without a time behind it; undefined: either. */
function momentOf(field: NoteField, timed: boolean | undefined): string {
  const match = /^(\d{4}-\d\d-\d\d)( ([01]\d|2[0-3]):[0-5]\d)?$/.exec(textOf(field));
  if (match === null || dayOfText(match[1]!) === undefined || (timed !== undefined && timed !== (match[2] !== undefined))) {
    throw noteInvalid(field, timed === true ? "a day and time, 'YYYY-MM-DD HH:mm'" : "a day, 'YYYY-MM-DD'");
  }
  return match[0];
}

/** Every word; a new one must be added here. */
const METHODS: Readonly<Record<NonNullable<Diagnostics['method']>, true>> = {
  'streaming': true, 'streaming-day-bits': true, 'streaming-order-ids': true, 'streaming-order-ids-day-bits': true, 'in-memory': true,
};

function readDiagnostics(field: NoteField): Diagnostics {
  const own = objectFields(field);
  const rows = objectFields(own('rows'));
  return {
    rows: { read: countOf(rows('read')), used: countOf(rows('used')), refused: countOf(rows('refused')), leftOut: countsOf(rows('leftOut')) },
    ...maybe(own, 'customers', (customers) => {
      const count = objectFields(customers);
      return { seen: countOf(count('seen')), kept: countOf(count('kept')), leftOut: countsOf(count('leftOut')) };
    }),
    ...maybe(own, 'method', (method) => wordOf(method, Object.keys(METHODS) as (keyof typeof METHODS)[])),
    refused: listItems(own('refused')).map(readRefusal),
    warnings: listItems(own('warnings')).map((warning) => {
      const part = objectFields(warning);
      return { code: textOf(part('code')), message: textOf(part('message')) };
    }),
  };
}

function readRefusal(field: NoteField): Refusal {
  const own = objectFields(field);
  return { row: countOf(own('row')), ...maybe(own, 'file', textOf), ...maybe(own, 'line', countOf), column: textOf(own('column')), value: textOf(own('value')), reason: textOf(own('reason')) };
}
