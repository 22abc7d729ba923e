// The whole analysis in a Web Worker, so that the page stays quick: a File in, a report page out.
import { inspectCsv, parseCsv, reportPage, rfm, summarize, isClienteleError, type CsvReadingOptions, type Mapping } from 'clientele';

/** What the page sends. */
export interface Job {
  readonly file: Blob & { readonly name?: string };
  readonly language: 'en' | 'zh';
}

/** What it gets back: steps on the way, then the page or what went wrong. */
export type Answer = { readonly step: string } | { readonly page: string; readonly said: string; readonly customers: number; readonly orders: number } | { readonly error: string };

const answer = (message: Answer): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  analyse(data).catch((e: unknown) => answer({ error: isClienteleError(e) ? e.message : String(e) }));
});

async function analyse({ file, language }: Job): Promise<void> {
  answer({ step: 'looking into the file' });
  const { mapping, options, warnings } = await inspectCsv(file);
  const missing = warnings.find(({ code }) => code === 'ROLE_MISSING' || code === 'DATE_AMBIGUOUS');
  if (missing !== undefined) throw new Error(missing.message);

  const reading: CsvReadingOptions = {
    ...options, source: file.name ?? 'file', onBadRow: 'skip',
    onProgress: ({ bytes, totalBytes }) => answer({ step: `reading ${totalBytes === undefined ? '' : `${Math.round((100 * bytes) / totalBytes)} %`}` }),
  };
  const orders = await parseCsv(file, mapping as Mapping, reading);
  const customers = summarize(orders, { carry: [] });
  const scored = rfm(customers, { labels: language });
  const page = await reportPage(scored, { language });
  const columns = Object.entries(mapping).map(([role, column]) => `${role} = ${String(column)}`).join(', ');
  answer({ page, said: `${scored.toString().split('\n')[0]}; read with ${columns}`, customers: customers.numRows, orders: orders.numRows });
}
