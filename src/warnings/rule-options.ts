import { checkKeys, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, cellOf, columnMissing, type Cell, type Table, type TableInput } from '../columns/index.js';
import { idOf, type CustomerLog, type DayEntries } from './customer-log.js';
import type { Levels } from './severity.js';

/** Refuse fields a rule does not have. */
export function checkRule(where: string, rule: { readonly rule: string }, own: readonly string[]): void {
  checkKeys(`${where}, rule ${rule.rule}`, rule, ['rule', 'name', 'levels', ...own]);
}

/** Levels in order, the default where none are given. */
export function levelsOf(where: string, rule: { readonly rule: string; readonly levels?: Levels }, standard: Levels, worse: 'high' | 'low'): Levels {
  const { levels = standard } = rule;
  const sign = worse === 'high' ? 1 : -1;
  const fine = Array.isArray(levels) && levels.length === 3 && levels.every((l: unknown) => typeof l === 'number' && !Number.isNaN(l)) && sign * levels[0] <= sign * levels[1] && sign * levels[1] <= sign * levels[2];
  if (!fine) throw optionInvalid(where, `${rule.rule}.levels`, JSON.stringify(levels), `Give three numbers where watch, warn and critical begin, ${worse === 'high' ? 'rising' : 'falling'}: [${standard.join(', ')}].`);
  return levels;
}

/** A number of a rule within limits, or its default. */
export function ruleNumber(where: string, rule: { readonly rule: string }, option: string, value: unknown, standard: number, least: number, most: number = Infinity): number {
  const given = value ?? standard;
  if (typeof given === 'number' && given >= least && given <= most && given < Infinity) return given;
  throw optionInvalid(where, `${rule.rule}.${option}`, value, `Give a number ${most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`}; ${standard} by default.`);
}

/** The days of the log, for rules that cannot do without. */
export function entriesOf(where: string, rule: { readonly rule: string }, log: CustomerLog): DayEntries {
  if (log.entries !== undefined) return log.entries;
  throw new ClienteleError('VALUE_INVALID', { where, option: 'rules' }, `rule ${rule.rule} looks at single orders, but summarized customers were passed.`, 'Pass the order log instead.');
}

/** Columns of a table given to a rule, by customer id. */
export function byCustomer<T>(where: string, rule: { readonly rule: string }, input: TableInput, name: string, read: (cell: Cell, row: number) => T): { readonly table: Table; readonly values: Map<Cell, T> } {
  if (input === undefined) throw new ClienteleError('OPTION_INVALID', { where, option: rule.rule }, `rule ${rule.rule} lacks a table.`, `Pass one with customer and ${name}.`);
  if (Array.isArray(input) || ArrayBuffer.isView(input)) {
    throw new ClienteleError('VALUE_INVALID', { where, option: rule.rule }, `rule ${rule.rule}: ${(input as ArrayLike<unknown>).length} values are no table.`, `Pass columns by name: { customer: customers.column('customer'), ${name}: … }.`);
  }
  const source = asTable(where, input);
  for (const needed of ['customer', name]) if (!source.has(needed)) throw columnMissing(`${where}, rule ${rule.rule}`, needed, source.names);
  const [ids, column] = [source.column('customer'), source.column(name)];
  const values = new Map<Cell, T>();
  for (let row = 0; row < source.numRows; row++) {
    const id = cellOf(ids, row);
    if (values.has(id)) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row, value: valueText(id) }, `rule ${rule.rule}: customer ${valueText(id)} stands twice.`, 'Give one row per customer.');
    values.set(id, read(cellOf(column, row), row));
  }
  return { table: source, values };
}

/** The value of each customer of the log, `none` for those without. */
export function inLogOrder<T>(log: CustomerLog, values: ReadonlyMap<Cell, T>, none: T): T[] {
  return Array.from({ length: log.count }, (_, c) => values.get(idOf(log, c)) ?? none);
}
