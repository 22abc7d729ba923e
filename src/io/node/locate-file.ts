import { fillBlock, newBlock } from '../block.js';
import { openCsv, type OpenedCsv } from '../csv-opening.js';
import { csvShape, type CsvReadingOptions } from '../csv-options.js';
import { isGzip } from '../gunzip.js';
import type { WantedColumn } from '../mapping.js';
import { newWatch } from '../watch.js';
import { openFile } from './file-reader.js';

/**
 * Where the wanted columns and the first data row of a CSV file stand; undefined for a packed file.
 *
 * @throws ClienteleError as `readCsv` does for a file that it cannot begin to read
 */
export async function locateFile(where: string, path: string, wanted: readonly WantedColumn[], options: CsvReadingOptions): Promise<OpenedCsv | undefined> {
  const reader = await openFile(where, path);
  try {
    const watch = newWatch(where, {});
    const block = newBlock();
    await fillBlock(block, reader, watch);
    if (isGzip(block.bytes.subarray(0, 2))) return undefined;
    return await openCsv({ where, file: path }, block, reader, watch, wanted, csvShape(where, options));
  } finally {
    await reader.close();
  }
}
