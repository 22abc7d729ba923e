import type { CsvReadingOptions } from '../csv-options.js';
import { inspect, type Inspection } from '../inspect-csv.js';
import { filePath } from './file-path.js';
import { openFile } from './file-reader.js';
import { gunzipNode } from './gunzip.js';

/**
 * Look into a CSV file by name, as `inspectCsv` does.
 *
 * @param path a path or `file:` URL
 * @throws ClienteleError (as a rejected promise) `FILE_UNREADABLE` naming the file; `OPTION_INVALID`
 * @example
 * console.log(await inspectFile('orders.csv'));   // columns, types, formats, a proposed mapping
 */
export async function inspectFile(path: string | URL, options: CsvReadingOptions = {}): Promise<Inspection> {
  const file = filePath('inspectFile', path);
  return inspect({ where: 'inspectFile', file: options?.source ?? file }, () => openFile('inspectFile', file), gunzipNode, options);
}
