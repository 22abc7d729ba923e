import { checkKeys, ClienteleError } from '../core/index.js';
import { Table, toColumn, type Column, type ColumnInput } from '../columns/index.js';

/** Columns as lifetimes, btyd, PyMC-Marketing, CLVTools and BTYD name them. */
export interface BtydColumns {
  readonly customer?: ColumnInput;
  /** purchases after the first */
  readonly frequency: ColumnInput;
  /** time from the first to the LAST purchase (not the time since it) */
  readonly recency: ColumnInput;
  /** time from the first purchase to the end of observation */
  readonly T: ColumnInput;
  /** mean spend of the purchases after the first */
  readonly monetary_value?: ColumnInput;
  readonly weight?: ColumnInput;
}

const NAMES: Readonly<Record<keyof BtydColumns, string>> = { customer: 'customer', frequency: 'repeats', recency: 'span', T: 'tenure', monetary_value: 'meanRepeatSpend', weight: 'weight' };

/**
 * Columns of the "buy till you die" tools under our names: frequency → repeats, recency → span, T → tenure,
 * monetary_value → meanRepeatSpend. Values are shared, not changed.
 *
 * The renaming is the point: in RFM, recency is the time since the last purchase and frequency counts all purchases;
 * in those tools recency runs from the first to the last purchase and frequency leaves out the first.
 *
 * @returns plain columns in the unit they were in; give it to the fit as `timeUnit`
 * @throws ClienteleError `COLUMN_MISSING` without frequency, recency or T; `OPTION_INVALID` for another name
 * @example
 * fitBgNbd(fromBtyd({ frequency: [2, 0], recency: [30.43, 0], T: [38.86, 38.86] }), { timeUnit: 'week' });
 */
export function fromBtyd(columns: BtydColumns): Table {
  checkKeys('fromBtyd', columns, Object.keys(NAMES));
  for (const name of ['frequency', 'recency', 'T'] as const) {
    if (columns[name] === undefined) {
      throw new ClienteleError('COLUMN_MISSING', { where: 'fromBtyd', column: name }, `column "${name}" is missing.`, 'Pass { frequency, recency, T } and, for spend, monetary_value.');
    }
  }
  const given = Object.entries(columns) as [keyof BtydColumns, ColumnInput][];
  return new Table(given.map(([name, input]): [string, Column] => [NAMES[name], toColumn('fromBtyd', name, input)]));
}
