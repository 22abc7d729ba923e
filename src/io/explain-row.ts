import type { FieldBatch } from './field-batch.js';
import { newRefusals, type NotedRow } from './refusals.js';
import { refuseFault } from './row-fault.js';
import type { CsvLayout } from './scan-csv.js';
import type { Settings } from './reading-options.js';
import { idReader } from './text-readers.js';
import { dateReader, numberReader } from './value-readers.js';

/**
 * Why a row cannot be used, in the words of the readers: for a scanner that only knows that it cannot.
 *
 * @param batch holds this one row
 * @param row its number, to stand in the note
 * @param slots of customer, date and amount
 * @param columns their names in the file
 */
export function explainRow(batch: FieldBatch, row: number, slots: readonly [number, number, number], columns: readonly [string, string, string], layout: CsvLayout, settings: Settings): NotedRow {
  const noted: NotedRow[] = [];
  const note = (_: number, line: number | undefined, column: string, value: string, bad: NotedRow['bad']): void => {
    noted.push({ row, line, column, value, bad });
  };
  const refusals = { ...newRefusals(settings.where, undefined, 'skip'), note };
  for (const fault of batch.faults) refuseFault(batch, 0, fault, layout, refusals);
  const readers = [idReader(slots[0], true, settings), dateReader(slots[1], settings), numberReader(slots[2], true, settings)];
  readers.forEach((reader, i) => reader.append(batch, (_, value, bad) => note(0, batch.lines[0], columns[i]!, value, bad)));
  return noted[0]!;
}
