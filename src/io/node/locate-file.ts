import { fillBlock, newBlock } from '../block.js';
import { openCsv, type OpenedCsv } from '../csv-opening.js';
import { csvShape, type CsvReadingOptions } from '../csv-options.js';
import { encodingOf, MARK_BYTES } from '../decode.js';
import { isGzip } from '../gunzip.js';
import type { WantedColumn } from '../mapping.js';
import { newWatch } from '../watch.js';
import { openFile } from './file-reader.js';

/**
 * Where the wanted columns and the first data row of a CSV file stand; undefined for a file that is packed or in another encoding than UTF-8.
 *
 * @throws ClienteleError as `readCsv` does for a file that it cannot begin to read
 */
export async function locateFile(where: string, path: string, wanted: readonly WantedColumn[], options: CsvReadingOptions): Promise<OpenedCsv | undefined> {
  const reader = await openFile(where, path);
  try {
    const watch = newWatch(where, {});
    const block = newBlock();
    await fillBlock(block, reader, watch);
    const shape = csvShape(where, options);
    if (isGzip(block.bytes.subarray(0, 2)) || encodingOf(block.bytes.subarray(0, MARK_BYTES), shape.encoding) !== undefined) return undefined;
    return await openCsv({ where, file: path }, block, reader, watch, wanted, shape);
  } finally {
    await reader.close();
  }
}
