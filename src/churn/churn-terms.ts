import { ClienteleError, valueText } from '../core/index.js';
import { cellOf, columnLength, columnMissing, compareText, type Table } from '../columns/index.js';
import { finiteNumbers } from './inputs.js';

/** One column of the regression as numbers, before scaling. */
export interface DesignColumn {
  readonly feature: string;
  readonly value?: string;
  readonly data: Float64Array;
  readonly mean: number;
  readonly sd: number;
}

/** The columns that features make, and the reference value of each text feature. */
export interface Design {
  readonly columns: readonly DesignColumn[];
  readonly references: Readonly<Record<string, string>>;
  /** features without variation, left out */
  readonly constant: readonly string[];
}

const MOST_VALUES = 50;

/**
 * Features as columns of numbers: numbers and flags as they are, text of k values as k - 1 columns of 0 and 1 against its
 * most frequent value (ties: the first by code point).
 *
 * @throws ClienteleError `VALUE_INVALID` for a missing value, a date column, or text of more than 50 values
 */
export function designOf(where: string, source: Table, features: readonly string[]): Design {
  const columns: DesignColumn[] = [];
  const references: Record<string, string> = {};
  const constant: string[] = [];
  for (const feature of features) {
    if (!source.has(feature)) throw columnMissing(where, feature, source.names);
    const { type } = source.column(feature);
    if (type === 'date') throw new ClienteleError('VALUE_INVALID', { where, column: feature }, `column ${valueText(feature)} holds dates.`, 'Give days since instead, such as recency or tenure.');
    const made = type === 'text' || type === 'category' ? textColumns(where, source, feature, references) : [columnOf({ feature, data: finiteNumbers(where, source, feature) })];
    const varied = made.filter(({ sd }) => sd > 0);
    if (varied.length === 0) constant.push(feature);
    columns.push(...varied);
  }
  return { columns, references, constant };
}

function textColumns(where: string, source: Table, feature: string, references: Record<string, string>): DesignColumn[] {
  const column = source.column(feature);
  const texts = Array.from({ length: columnLength(column) }, (_, row) => {
    const cell = cellOf(column, row);
    if (cell === null) throw new ClienteleError('VALUE_INVALID', { where, column: feature, row }, `column ${valueText(feature)}, row ${row}: the value is missing.`, "Fill it with a word of its own, such as 'unknown'.");
    return String(cell);
  });
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  if (counts.size > MOST_VALUES) throw new ClienteleError('VALUE_INVALID', { where, column: feature }, `column ${valueText(feature)} has ${counts.size} different values.`, `A text feature may have ${MOST_VALUES}; leave ids out, gather rare values.`);
  const values = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || compareText(a, b));
  references[feature] = values[0]!;
  return values.slice(1).map((value) => columnOf({ feature, value, data: Float64Array.from(texts, (text) => (text === value ? 1 : 0)) }));
}

function columnOf(column: Pick<DesignColumn, 'feature' | 'data'> & { readonly value?: string }): DesignColumn {
  const { data } = column;
  let mean = 0;
  for (let i = 0; i < data.length; i++) mean += (data[i]! - mean) / (i + 1);
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += (data[i]! - mean) ** 2;
  const sd = Math.sqrt(squares / data.length);
  return { ...column, mean, sd: sd > 1e-12 * Math.max(1, Math.abs(mean)) ? sd : 0 };
}
