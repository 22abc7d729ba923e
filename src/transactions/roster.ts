import { ClienteleError, valueText } from '../core/index.js';
import { cellOf, columnLength, isPresent, isTable, textColumn, toColumn, type Cell, type Column, type ColumnInput, type Groups, type Table } from '../columns/index.js';

/** Customers to list whether they bought or not: ids, or a table with a `customer` column. */
export type RosterInput = ColumnInput | Table;

/** A roster held against the groups of a log. */
export interface FoundRoster {
  /** 1 for groups of the log that the roster names */
  readonly named: Uint8Array;
  /** ids that no row of the log has, in roster order, each once */
  readonly onlyHere: readonly (string | number)[];
  /** the customer column: the given rows of the log, then `onlyHere` */
  idColumn(rows: readonly number[]): Column;
}

/**
 * Hold a roster against the customers of a log.
 *
 * @throws ClienteleError `VALUE_INVALID` for a missing id, or numbers where the log has text ids (or the reverse)
 */
export function findRoster(customer: Column, groups: Groups, input: RosterInput): FoundRoster {
  const column = isTable(input) ? input.column('customer') : toColumn('summarize', 'roster', input);
  const numeric = customer.type === 'number' || customer.type === 'integer';
  const groupOf = new Map<Cell, number>();
  for (let g = 0; g < groups.count; g++) groupOf.set(cellOf(customer, groups.firstRow[g]!), g);

  const named = new Uint8Array(groups.count);
  const onlyHere = new Set<string | number>();
  for (let i = 0; i < columnLength(column); i++) {
    const id = isPresent(column, i) ? cellOf(column, i) : null;
    if (typeof id !== (numeric ? 'number' : 'string')) {
      throw new ClienteleError('VALUE_INVALID', { where: 'summarize', option: 'roster', row: i, value: valueText(id) }, `roster entry ${i} is ${valueText(id)}, but the log's ids are ${numeric ? 'numbers' : 'text'}.`, 'Give ids of the same type as in the log.');
    }
    const group = groupOf.get(id);
    if (group === undefined) onlyHere.add(id as string | number);
    else named[group] = 1;
  }
  const extra = [...onlyHere];
  const idColumn = (rows: readonly number[]): Column => {
    const ids = [...rows.map((row) => cellOf(customer, row)), ...extra];
    return numeric ? { type: 'number', data: Float64Array.from(ids as number[]) } : textColumn(ids as string[]);
  };
  return { named, onlyHere: extra, idColumn };
}
