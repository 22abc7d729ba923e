import { checkKeys } from '../core/index.js';
import { asTable, type Column, type TableInput } from '../columns/index.js';
import type { ClvOptions, LifetimeValues } from '../clv/index.js';
import type { Stoppable } from './fit-parallel.js';
import { checkSendable, shareTable } from './share.js';
import { inOneThread } from './summarize-parallel.js';
import type { ClvOrder, SentValues } from './whole-steps.js';

/**
 * The same as `clv`, bit for bit, off the event loop.
 *
 * It uses one thread. An `interval` is where it pays: it values every customer once per draw.
 *
 * @throws ClienteleError (as a rejected promise) what `clv` throws; `ABORTED`; `OPTION_INVALID` for a function, which no
 *   thread can be sent
 * @example
 * await clvParallel(customers, { purchases, spend, horizon: { years: 1 }, discountRateYearly: 0.1, margin: 0.3 });
 */
export async function clvParallel(customers: TableInput, options: ClvOptions & Stoppable): Promise<LifetimeValues> {
  const where = 'clvParallel';
  const [{ LifetimeValues }, { CLV_OPTIONS }] = await Promise.all([import('../clv/index.js'), import('../clv/node/index.js')]);
  checkKeys(where, options, [...CLV_OPTIONS, 'signal']);
  const { signal, ...valuing } = options;
  checkSendable(where, valuing);
  const table = asTable(where, customers);
  const order: ClvOrder = { ...(await shareTable(table)), options: valuing };
  const { columns, meta, diagnostics } = await inOneThread<SentValues>(where, 'clv', order, signal);
  const ids: [string, Column][] = table.has('customer') ? [['customer', table.column('customer')]] : [];
  return new LifetimeValues([...ids, ...columns], meta, diagnostics);
}
