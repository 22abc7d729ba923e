import { ClienteleError, valueText } from '../core/index.js';
import { columnNotFound } from './near-names.js';
import type { WantedColumn } from './mapping.js';
import type { CsvLayout } from './scan-csv.js';

/** Where the wanted columns stand: the layout for the scanner, and the slot of every wanted column. */
export interface Located {
  readonly layout: CsvLayout;
  readonly slots: readonly number[];
}

/**
 * Find the wanted columns in a header; spaces around names do not count.
 *
 * @param names of the header, or the column numbers as text
 * @throws ClienteleError `COLUMN_MISSING` listing what was found and what may be meant; `VALUE_INVALID` for a wanted
 *   name that stands twice
 */
export function locateColumns(where: string, file: string | undefined, wanted: readonly WantedColumn[], names: readonly string[], delimiter: number, header: boolean): Located {
  const trimmed = names.map((name) => name.trim());
  const slotOf = new Int32Array(names.length).fill(-1);
  let used = 0;
  const slots = wanted.map(({ column, role, plain }) => {
    const index = trimmed.indexOf(column.trim());
    if (index < 0) throw columnNotFound(where, file, role ?? (plain === true ? undefined : 'carry'), column, trimmed, header ? hintFor(trimmed) : `The file is read without a header (header: false): name columns by number, 1 to ${names.length}.`);
    const again = trimmed.indexOf(column.trim(), index + 1);
    if (again >= 0) {
      const place = { where, column, ...(file === undefined ? {} : { file }) };
      throw new ClienteleError('VALUE_INVALID', place, `${file === undefined ? '' : `${file}: `}the header names ${valueText(column)} twice (columns ${index + 1} and ${again + 1}).`, 'Rename one of them.');
    }
    if (slotOf[index]! < 0) slotOf[index] = used++;
    return slotOf[index]!;
  });
  return { layout: { delimiter, fields: names.length, slotOf, slots: used }, slots };
}

/** A header that cannot be one: a single long cell, or cells that are numbers. */
function hintFor(names: readonly string[]): string | undefined {
  if (names.some((name) => /^[+-]?\d+([.,]\d+)?$/.test(name) || /^\d{4}-\d\d-\d\d/.test(name))) return "If the first line is data, pass header: false and name columns by number: { customer: 1, date: 2, amount: 3 }.";
  if (names.length === 1 && /^\S+\.(csv|tsv|txt)(\.gz)?$/i.test(names[0]!)) return "This looks like a file name: parseCsv takes the text itself, readCsv from 'clientele/node' takes files.";
  if (names.length === 1) return 'If the separator is none of , ; tab |, pass it: delimiter.';
  return undefined;
}
