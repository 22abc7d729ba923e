import type * as Arquero from 'arquero';
import { checkKeys, loadPeer } from '../core/index.js';
import { asTable, type TableInput } from '../columns/index.js';
import { arqueroColumn } from './arquero-column.js';

/** The part of the module `arquero` that is used here. */
export type ArqueroModule = Pick<typeof Arquero, 'ColumnTable'>;

export interface ToArqueroOptions {
  /** the module itself, `import * as aq from 'arquero'`: needed in browsers and bundles, where it cannot be looked up */
  readonly arquero?: ArqueroModule;
}

/**
 * A table as an arquero table, to filter, derive, join, pivot and roll up.
 *
 * Number columns and integers without gaps go over as their very arrays; every other column as an object that decodes a
 * cell when a verb asks for it, so nothing is copied. Cells are those of `Table.cell`: dates as 'YYYY-MM-DD' text, which
 * sorts and compares as it should, flags as booleans, missing as null, and NaN in number columns.
 *
 * @param input a table, or plain columns by name. Not modified; it shares its arrays with the result.
 * @param options the arquero module, where it is not found by itself
 * @returns arquero's own `ColumnTable`
 * @throws ClienteleError `PEER_MISSING` with the line that installs arquero; `OPTION_INVALID`
 * @example
 * toArquero(scored.table).filter((d) => d.segment === 'at_risk').orderby(aq.desc('monetary')).print();
 *
 * O(columns); decoding costs O(1) per cell asked for, and each text is decoded once.
 */
export function toArquero(input: TableInput, options: ToArqueroOptions = {}): Arquero.ColumnTable {
  checkKeys('toArquero', options, ['arquero']);
  const table = asTable('toArquero', input);
  const { ColumnTable } = options.arquero ?? (loadPeer('toArquero', 'arquero', 'npm install @uwdata/flechette@2.6.0 arquero@8.0.3', '{ arquero: aq }') as ArqueroModule);
  // From entries, so that a column named __proto__ is a column.
  const columns = Object.fromEntries(Array.from(table.entries(), ([name, column]) => [name, arqueroColumn(column)]));
  return new ColumnTable(columns, [...table.names]);
}
