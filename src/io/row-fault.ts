import { decodeUtf8 } from '../columns/index.js';
import type { FieldBatch, RowFault } from './field-batch.js';
import { WHOLE_ROW, type BadValue, type Refusals } from './refusals.js';
import type { CsvLayout } from './scan-csv.js';

/** Refuse a row that does not have the right shape. */
export function refuseFault(batch: FieldBatch, before: number, fault: RowFault, layout: CsvLayout, refusals: Refusals): void {
  const text = decodeUtf8(batch.bytes.slice(fault.from, Math.min(fault.to, fault.from + 400)));
  refusals.note(before + fault.row, batch.lines[fault.row]!, WHOLE_ROW, text, explainFault(fault, layout));
}

function explainFault({ kind, fields }: RowFault, layout: CsvLayout): BadValue {
  if (kind === 'quote') {
    return { code: 'VALUE_INVALID', reason: 'has text between a closing quote and the next separator', mend: 'Write "" for a quote within quotes.' };
  }
  const separator = layout.delimiter === 9 ? 'tab' : `"${String.fromCharCode(layout.delimiter)}"`;
  return {
    code: 'VALUE_INVALID',
    reason: `has ${fields} ${fields === 1 ? 'field' : 'fields'} where ${layout.fields} are expected (separator ${separator})`,
    mend: 'Put fields that hold the separator or a line break into quotes.',
  };
}
