import { ClienteleError, type Warning } from '../core/index.js';
import { categoryColumn, decodeUtf8, escapeHtml, showableResult, Table, type Showable } from '../columns/index.js';
import { fillBlock, newBlock } from './block.js';
import type { ByteReader } from './byte-reader.js';
import { openSource, type CsvSource } from './byte-source.js';
import { errorPlace, openCsv, type CsvPlace } from './csv-opening.js';
import { CSV_READING_OPTIONS, csvShape, type CsvReadingOptions } from './csv-options.js';
import { readable } from './csv-to-log.js';
import { newBatch } from './field-batch.js';
import { gunzipStream, type Gunzip } from './gunzip.js';
import { formatOfTexts, type ColumnFormat } from './inspect-formats.js';
import type { Mapping } from './mapping.js';
import { isMissing } from './missing-words.js';
import { proposeMapping, type ColumnProfile } from './propose-mapping.js';
import { readingSettings } from './reading-options.js';
import { scanRows } from './scan-csv.js';
import { firstRow } from './sniff.js';
import { newWatch } from './watch.js';

/** What is in a CSV file, and how it may be read; shows itself. */
export interface Inspection extends Showable {
  /** one row per column: name, type, format, missing (share of the rows looked at), distinct, example, role */
  readonly columns: Table;
  /** which column seems to play which role; roles that nothing fits are left out */
  readonly mapping: Partial<Mapping>;
  /** options that read it: `{ dateFormat: 'DD/MM/YYYY' }`; empty where the defaults do */
  readonly options: CsvReadingOptions;
  /** rows looked at */
  readonly rows: number;
  /** whether these were all */
  readonly whole: boolean;
  /** rows that do not have as many fields as the first */
  readonly misshapen: number;
  /** `DATE_AMBIGUOUS`, `LINES_NOT_ORDERS`, `CURRENCY_MIXED`, `ROLE_MISSING`, `ROWS_MISSHAPEN` */
  readonly warnings: readonly Warning[];
}

const LOOKED_AT = 4 << 20;
const MOST_ROWS = 50_000;
const DELIMITERS: Readonly<Record<number, string>> = { 44: ',', 59: ';', 9: '\t', 124: '|' };

/**
 * Look into a CSV file: which columns, what they hold, how dates and numbers are written, and which column plays which
 * role. It looks at the first 4 MB, and at most 50 000 rows, and says so.
 *
 * @param source the CSV itself as text, bytes, a `Blob` or `File`, or a stream; `inspectFile` in `clientele/node` takes names
 * @param options what is known already: `encoding`, `delimiter`, `header`, `missing` …
 * @throws ClienteleError (as a rejected promise) `FILE_UNREADABLE` for what is no CSV; `OPTION_INVALID`
 * @example
 * const { mapping, options } = await inspectCsv(file);
 * const orders = await parseCsv(file, mapping as Mapping, options);
 */
export async function inspectCsv(source: CsvSource, options: CsvReadingOptions = {}): Promise<Inspection> {
  return inspect({ where: 'inspectCsv', file: undefined }, () => openSource('inspectCsv', source), gunzipStream, options);
}

/** Inspect through a door. */
export async function inspect(place: CsvPlace, open: () => Promise<ByteReader>, gunzip: Gunzip, options: CsvReadingOptions): Promise<Inspection> {
  const settings = readingSettings(place.where, options, 'csv', CSV_READING_OPTIONS);
  const shape = csvShape(place.where, options);
  const watch = newWatch(place.where, options);
  const source = await open();
  try {
    const reader = await watch.until(readable(place, source, gunzip, shape.encoding));
    const block = newBlock(LOOKED_AT);
    await fillBlock(block, reader, watch);
    const { layout, cursor } = await openCsv(place, block, reader, watch, [], { ...shape, header: false });
    const head = shape.header ? firstRow(block.bytes, block.end, block.final, layout.delimiter, cursor) : undefined;
    if (typeof head === 'string') throw new ClienteleError('FILE_UNREADABLE', errorPlace(place), `${place.file ?? 'the input'} has no header that ends.`, 'Check for a quote that is not closed.');
    const names = head === undefined ? Array.from({ length: layout.fields }, (_, i) => String(i + 1)) : head.fields.map((name) => name.trim());
    const batch = newBatch(block.bytes, names.length, MOST_ROWS);
    const ended = scanRows(block.bytes, block.end, block.final, { delimiter: layout.delimiter, fields: names.length, slotOf: Int32Array.from(names, (_, i) => i), slots: names.length }, { ...(head?.cursor ?? cursor) }, batch);

    const shapeless = new Set(batch.faults.map(({ row }) => row));
    const texts = names.map((_, slot) => Array.from({ length: batch.rows }, (__, row) => {
      const k = slot * batch.capacity + row;
      const [from, to] = [batch.from[k]!, batch.to[k]!];
      return shapeless.has(row) || isMissing(settings.missing, block.bytes, from, to) ? undefined : decodeUtf8(block.bytes.subarray(from, to)).trim();
    }));
    const known: CsvReadingOptions = { ...options, ...(shape.delimiter === undefined && layout.delimiter !== 44 ? { delimiter: DELIMITERS[layout.delimiter] ?? ',' } : {}) };
    return inspection(names, texts, batch.rows, shapeless.size, ended !== 'full' && block.final, known);
  } finally {
    await source.close();
  }
}

type Texts = readonly (string | undefined)[];

function inspection(names: readonly string[], texts: readonly Texts[], rows: number, misshapen: number, whole: boolean, known: CsvReadingOptions): Inspection {
  const formats = texts.map((own, i) => formatOfTexts(own.filter((text) => text !== undefined), /date|time|day|datum|日期|时间|_at$/i.test(names[i]!)));
  const profiles = names.map((name, i): ColumnProfile => {
    const present = texts[i]!.filter((text) => text !== undefined);
    return { name, type: formats[i]!.type, present: present.length, distinct: new Set(present).size };
  });
  const mapping = proposeMapping(profiles);
  const roleOf = (name: string): string | null => Object.entries(mapping).find(([, column]) => column === name)?.[0] ?? null;
  const formatOf = (role: 'date' | 'amount'): ColumnFormat | undefined => formats[names.indexOf(String(mapping[role]))];
  const options = { ...formatOf('amount')?.options, ...formatOf('date')?.options, ...known };
  const warnings = remarks(names, texts, mapping, formatOf('date'), misshapen);
  const columns = new Table([
    ['name', categoryColumn(names)], ['type', categoryColumn(formats.map(({ type }) => type))], ['format', categoryColumn(formats.map(({ format }) => format))],
    ['missing', { type: 'number', data: Float64Array.from(profiles, ({ present }) => (rows === 0 ? 0 : (rows - present) / rows)) }],
    ['distinct', { type: 'integer', data: Int32Array.from(profiles, ({ distinct }) => distinct) }],
    ['example', categoryColumn(texts.map((own) => own.find((text) => text !== undefined)?.slice(0, 40)))],
    ['role', categoryColumn(names.map(roleOf))],
  ]);
  const line = `${rows} rows${whole ? '' : ' (the first of more)'}, ${names.length} columns`;
  const remarked = warnings.map(({ code, message }) => `${code}: ${message}`);
  return showableResult({ columns, mapping, options, rows, whole, misshapen, warnings }, {
    text: () => [line, '', columns.toString({ rows: names.length }), ...remarked].join('\n'),
    html: () => `<p>${line}</p>${columns.toHTML({ rows: names.length })}${remarked.map((remark) => `<p>${escapeHtml(remark)}</p>`).join('')}`,
  });
}

function remarks(names: readonly string[], texts: readonly Texts[], mapping: Partial<Mapping>, date: ColumnFormat | undefined, misshapen: number): Warning[] {
  const own = (role: keyof Mapping): Texts => texts[names.indexOf(String(mapping[role]))] ?? [];
  const warnings: Warning[] = [];
  const absent = (['customer', 'date', 'amount'] as const).filter((role) => mapping[role] === undefined);
  if (absent.length > 0) warnings.push({ code: 'ROLE_MISSING', message: `no column seems to be the ${absent.join(', the ')}. Name it in the mapping.` });
  if (date !== undefined && date.also.length > 0) warnings.push({ code: 'DATE_AMBIGUOUS', message: `dates fit ${date.format}. Pass the right one as dateFormat (--date-format).` });
  const currencies = [...new Set(own('currency'))].filter((text) => text !== undefined);
  if (currencies.length > 1) warnings.push({ code: 'CURRENCY_MIXED', message: `${currencies.length} currencies (${currencies.slice(0, 5).join(', ')}). Convert amounts to one first, or pass the rows of one.` });
  const sameDay = repeated(own('customer').map((customer, i) => `${customer}\n${own('date')[i] ?? ''}`));
  const orders = own('order');
  if (mapping.order !== undefined && repeated(orders) > 0.2) warnings.push({ code: 'LINES_NOT_ORDERS', message: `rows are lines of orders: ${percent(repeated(orders))} share their ${String(mapping.order)} with another. It is proposed as the order, so they count once.` });
  else if (mapping.order === undefined && mapping.customer !== undefined && mapping.date !== undefined && sameDay > 0.3) warnings.push({ code: 'LINES_NOT_ORDERS', message: `rows look like lines of orders: ${percent(sameDay)} share customer and day with another. Name the order id (order), or count days: frequency 'days'.` });
  if (misshapen > 0) warnings.push({ code: 'ROWS_MISSHAPEN', message: `${misshapen} rows do not have ${names.length} fields. Read with onBadRow 'skip' to leave them out.` });
  return warnings;
}

/** Share of the keys that stand there more than once. */
function repeated(keys: Texts): number {
  const counts = new Map<string | undefined, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let more = 0;
  for (const count of counts.values()) if (count > 1) more += count;
  return keys.length === 0 ? 0 : more / keys.length;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
