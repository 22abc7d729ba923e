import { ClienteleError, type Warning } from '../core/index.js';
import { asTable, cellOf, columnMissing, isTable, table, takeColumn, textColumn, type Column, type Table, type TableInput } from '../columns/index.js';
import { withheldLabel, type Language } from './offer-words.js';

/** Customers who get no offers: ids, or a table with `customer` and, where known, `reason` (`open-complaint`, `overdue-debt`, `opted-out`, your own). */
export type DoNotOffer = readonly (string | number)[] | TableInput;

/** Who is held back, looked up by the customers of an analysis. */
export interface Withholding {
  /** 1 for customers (rows of `ids`) who get no offers */
  readonly held: Uint8Array;
  /** customer, reason, label: one row per customer and reason, in the order of the customers */
  readonly withheld: Table;
  readonly warnings: readonly Warning[];
}

/**
 * Look the customers up in the list, by the text of their ids without spaces around.
 *
 * @param ids of the customers, none twice
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for an entry without an id
 */
export function withhold(where: string, list: DoNotOffer | undefined, ids: Column, customers: number, language: Language): Withholding {
  const reasons = list === undefined ? new Map<string, Set<string>>() : readReasons(where, list);
  const held = new Uint8Array(customers);
  const rows: number[] = [], why: string[] = [];
  const known = new Set<string>();
  for (let c = 0; reasons.size > 0 && c < customers; c++) {
    const id = String(cellOf(ids, c)).trim();
    const own = reasons.get(id);
    if (own === undefined) continue;
    held[c] = 1;
    known.add(id);
    for (const reason of own) {
      rows.push(c);
      why.push(reason);
    }
  }
  const unknown = reasons.size - known.size;
  return {
    held, withheld: table({ customer: takeColumn(ids, rows), reason: textColumn(why), label: textColumn(why.map((reason) => withheldLabel(reason, language))) }),
    warnings: unknown === 0 ? [] : [{ code: 'WITHHELD_UNKNOWN', message: `${unknown} of ${reasons.size} customers on the do-not-offer list are not among these customers. Check that the ids are written alike, or offers go to those who should get none.` }],
  };
}

function readReasons(where: string, list: DoNotOffer): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (id: unknown, reason: unknown, row: number): void => {
    const place = { where, option: 'doNotOffer', row };
    if (typeof id === 'object' && id !== null) throw new ClienteleError('VALUE_INVALID', place, `entry ${row} of the do-not-offer list is ${Array.isArray(id) ? 'a list' : 'an object'}, not a customer id.`, "Give ids: ['C7']; or columns rather than rows: { customer: ['C7'], reason: ['overdue-debt'] }.");
    const text = String(id ?? '').trim();
    if (text === '' || (typeof id !== 'string' && typeof id !== 'number')) throw new ClienteleError('VALUE_INVALID', place, `entry ${row} of the do-not-offer list has no customer id.`, 'Give ids as text or whole numbers.');
    const own = found.get(text) ?? new Set<string>();
    own.add(typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : 'do-not-offer');
    found.set(text, own);
  };
  if (Array.isArray(list) && !isTable(list)) {
    list.forEach((id, row) => add(id, undefined, row));
    return found;
  }
  const rows = asTable(where, list as TableInput);
  if (!rows.has('customer')) throw columnMissing(where, 'customer', rows.names);
  const ids = rows.column('customer'), reasons = rows.has('reason') ? rows.column('reason') : undefined;
  for (let row = 0; row < rows.numRows; row++) add(cellOf(ids, row), reasons === undefined ? undefined : cellOf(reasons, row), row);
  return found;
}
