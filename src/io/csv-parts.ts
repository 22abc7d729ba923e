import { ClienteleError } from '../core/index.js';
import { stackColumns, textOrCategory, type Column } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { CSV_READING_OPTIONS, type CsvReadingOptions } from './csv-options.js';
import { csvGroups, type CsvDoor } from './csv-to-log.js';
import { finishLog } from './finish-log.js';
import { wantedColumns, type Mapping, type WantedColumn } from './mapping.js';
import { readingSettings } from './reading-options.js';
import { newRefusals, refusalsOfPart } from './refusals.js';

/** Several CSV sources that are one log. */
export interface CsvParts {
  /** the public function */
  readonly where: string;
  readonly doors: readonly CsvDoor[];
  /** name of the log where the options give none */
  readonly source: string;
  /** bytes of all, where that is known */
  readonly totalBytes: number | undefined;
}

/**
 * Read CSV sources one after the other as one log in parts, each with its header: the log is that of one source with all
 * their rows, types of carried columns included. A part without rows adds nothing.
 *
 * @throws ClienteleError as `readCsv`, naming the part; `VALUE_INVALID` where no part has rows
 */
export async function csvPartsToLog({ where, doors, source, totalBytes }: CsvParts, mapping: Mapping, options: CsvReadingOptions): Promise<Transactions> {
  const wanted = wantedColumns(where, mapping);
  const settings = readingSettings(where, options, source, CSV_READING_OPTIONS);
  const refusals = newRefusals(where, undefined, settings.onBadRow);
  const parts: (readonly Column[])[] = [];
  let rows = 0, bytes = 0;
  for (const door of doors) {
    let bytesHere = 0;
    const { onProgress } = options;
    const own: CsvReadingOptions = onProgress === undefined ? partOptions(options) : {
      ...partOptions(options),
      onProgress: (progress) => {
        bytesHere = progress.bytes;
        onProgress({ bytes: bytes + bytesHere, rows: rows + progress.rows, ...(totalBytes === undefined ? {} : { totalBytes }) });
      },
    };
    const reading = { settings, refusals: refusalsOfPart(refusals, door.file, rows) };
    for await (const group of csvGroups({ ...door, mayBeEmpty: true }, wanted, own, reading)) {
      parts.push(group.columns);
      rows += group.rows;
    }
    bytes += bytesHere;
  }
  if (rows === 0) throw new ClienteleError('VALUE_INVALID', { where }, `none of the ${doors.length} files has a row.`, 'Check that the exports have finished, and that they are the right files.');
  return finishLog(wanted, wanted.map((column, c) => together(column, parts.map((part) => part[c]!))), rows, refusals, settings);
}

/** The name given is that of the whole log; a part is known by its own. */
function partOptions(options: CsvReadingOptions): CsvReadingOptions {
  const own = { ...options };
  delete own.source;
  return own;
}

/** One column of its parts; a carried one is text or a category by the rule for all rows. */
function together({ kind }: WantedColumn, parts: readonly Column[]): Column {
  const column = stackColumns(parts)!;
  return kind === 'carried' && column.type === 'text' ? textOrCategory(column) : column;
}
