import { checkKeys, optionInvalid } from '../core/index.js';
import { asTable, Table, type TableInput } from '../columns/index.js';
import type { RfmOptions, RfmResult } from '../rfm/index.js';
import { FIT_OPTIONS, restoreRfm, SCORE_OPTIONS } from '../rfm/node/index.js';
import type { SignalLike } from '../io/index.js';
import { keptCrew } from './crew.js';
import { shareTable } from './share.js';
import { inOneThread } from './summarize-parallel.js';
import type { RfmOrder, SentRfm } from './whole-steps.js';

/**
 * The same as `rfm`, bit for bit, off the event loop.
 *
 * It uses one thread, since scoring a million customers takes less time than starting a second would save, and keeps it for three
 * seconds for the next call.
 *
 * @throws ClienteleError (as a rejected promise) what `rfm` throws; `ABORTED`; `OPTION_INVALID` for a map that is a
 *   function, which no thread can be sent
 * @example
 * const scored = await rfmParallel(await summarizeParallel(orders));
 */
export async function rfmParallel(customers: TableInput, options: RfmOptions & { readonly signal?: SignalLike } = {}): Promise<RfmResult> {
  const where = 'rfmParallel';
  checkKeys(where, options, [...FIT_OPTIONS, ...SCORE_OPTIONS, 'signal']);
  const { signal, ...scoring } = options;
  if (typeof scoring.map === 'function') throw optionInvalid(where, 'map', 'a function', 'Pass a map by name or as data, or use rfm.');
  const order: RfmOrder = { ...(await shareTable(asTable(where, customers))), options: scoring };
  const { table: scored, segments, model, diagnostics } = await inOneThread<SentRfm>(where, 'rfm', order, signal, keptCrew);
  return restoreRfm({ table: new Table(scored), segments: () => new Table(segments), model, ...(order.customers === undefined ? {} : { meta: order.customers.meta }), diagnostics });
}
