import { given, list, text, UsageError, type Flag, type FlagValues } from './flags.js';
import type { CsvReadingOptions, Mapping } from '../io/index.js';

/** Which columns play which role. */
export const COLUMN_FLAGS: readonly Flag[] = [
  { name: 'customer', takes: 'COLUMN', help: 'customer id (found by itself where its name tells)' },
  { name: 'date', takes: 'COLUMN', help: 'order date (likewise)' },
  { name: 'amount', takes: 'COLUMN', help: 'money, negative for returns (likewise)' },
  { name: 'order', takes: 'COLUMN', help: 'order id; rows with the same one are one order' },
  { name: 'product', takes: 'COLUMN', help: 'product' },
  { name: 'quantity', takes: 'COLUMN', help: 'quantity' },
  { name: 'cost', takes: 'COLUMN', help: 'cost' },
  { name: 'channel', takes: 'COLUMN', help: 'channel' },
  { name: 'status', takes: 'COLUMN', help: 'order status; cancelled orders are left out and counted' },
  { name: 'currency', takes: 'COLUMN', help: 'currency; a mix is refused' },
  { name: 'carry', takes: 'COLUMN,…', help: "columns to carry along: each customer's latest value" },
];

/** How the file is read. */
export const READING_FLAGS: readonly Flag[] = [
  { name: 'delimiter', takes: 'CHAR', help: 'comma, semicolon, tab or pipe (found by itself)' },
  { name: 'sheet', takes: 'NAME|N', help: 'of an .xlsx file (the first; needs npm i read-excel-file@9)' },
  { name: 'encoding', takes: 'NAME', help: 'gb18030, utf-16le, windows-1252 … (utf-8; a byte order mark is believed)' },
  { name: 'no-header', help: 'the file has no header row; columns are named 1, 2, 3 …' },
  { name: 'date-format', takes: 'FORMAT', help: 'e.g. DD/MM/YYYY, epoch-s (ISO dates and epochs are understood without)' },
  { name: 'time-zone', takes: 'ZONE', help: 'zone in which moments are cut to days, e.g. Asia/Shanghai (UTC)' },
  { name: 'resolution', takes: 'day|hour|minute', help: 'how finely dates count (day)' },
  { name: 'decimal', takes: '.|,', help: 'decimal sign (.)' },
  { name: 'thousands', takes: 'CHAR', help: 'thousands separator (none)' },
  { name: 'currency-sign', takes: 'TEXT', help: 'sign allowed before or after amounts, e.g. €' },
  { name: 'missing', takes: 'WORD,…', help: 'words that stand for a missing value (empty, NA, NULL …)' },
  { name: 'cancelled', takes: 'WORD,…', help: 'statuses left out (cancelled, voided, failed …)' },
  { name: 'on-bad-row', takes: 'throw|skip', help: 'stop at a bad row, or skip and count it (throw)' },
];

/**
 * The mapping from the command line.
 *
 * @throws UsageError where one of the three required columns is not named
 */
export function readMapping(flags: FlagValues): Mapping {
  const missing = ['customer', 'date', 'amount'].filter((role) => text(flags, role) === undefined);
  if (missing.length > 0) throw new UsageError(`say which column is the ${missing.join(', the ')}: ${missing.map((role) => `--${role} COLUMN`).join(' ')}.`);
  const roles = COLUMN_FLAGS.map((flag) => flag.name).filter((name) => name !== 'carry');
  return given<Mapping>({ ...(Object.fromEntries(roles.map((role) => [role, text(flags, role)])) as Record<keyof Mapping, string>), carry: list(flags, 'carry') });
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', '\\t': '\t', pipe: '|', space: ' ' };

/** The reading options from the command line; the library checks their values. */
export function readOptions(flags: FlagValues): CsvReadingOptions {
  const delimiter = text(flags, 'delimiter');
  const thousands = text(flags, 'thousands');
  return given<CsvReadingOptions>({
    delimiter: delimiter === undefined ? undefined : ((DELIMITER_WORDS[delimiter] ?? delimiter) as CsvReadingOptions['delimiter']),
    header: flags['no-header'] === true ? false : undefined,
    encoding: text(flags, 'encoding'),
    dateFormat: text(flags, 'date-format'),
    timeZone: text(flags, 'time-zone'),
    resolution: text(flags, 'resolution') as CsvReadingOptions['resolution'],
    decimal: text(flags, 'decimal') as CsvReadingOptions['decimal'],
    thousands: (thousands === undefined ? undefined : DELIMITER_WORDS[thousands] ?? thousands) as CsvReadingOptions['thousands'],
    currencySign: text(flags, 'currency-sign'),
    missing: text(flags, 'missing')?.split(','),
    cancelled: list(flags, 'cancelled'),
    onBadRow: text(flags, 'on-bad-row') as CsvReadingOptions['onBadRow'],
  } as { [K in keyof CsvReadingOptions]: CsvReadingOptions[K] | undefined });
}
