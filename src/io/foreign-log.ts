import type { Transactions } from '../transactions/index.js';
import type { CellSource } from './cell-source.js';
import { columnsToLog } from './columns-to-log.js';
import { identityMapping, wantedColumns, type Mapping } from './mapping.js';
import { columnNotFound } from './near-names.js';
import { readingSettings, type ReadingOptions } from './reading-options.js';

/**
 * An order log of another library's table, by the rules of `fromColumns`; only the columns mapped are taken over.
 *
 * @param where the public function, for messages
 * @param names of the table's columns
 * @param columnOf a column by name, as a column of ours or as cells
 * @param mapping without it, columns bear the names of their roles
 * @throws ClienteleError as `fromColumns`
 */
export function foreignLog(where: string, names: readonly string[], columnOf: (name: string) => CellSource, mapping: Mapping | undefined, options: ReadingOptions): Transactions {
  const settings = readingSettings(where, options, 'columns');
  const wanted = wantedColumns(where, mapping ?? identityMapping(names));
  const sources = wanted.map(({ column, role }) => {
    if (!names.includes(column)) throw columnNotFound(where, undefined, role ?? 'carry', column, names);
    return columnOf(column);
  });
  return columnsToLog(wanted, sources, settings);
}
