import { checkKeys } from '../core/index.js';
import { asTable, type TableInput } from '../columns/index.js';
import type { BgBbModel, BgNbdModel, FitOptions, GammaGammaModel, MbgNbdModel, ParetoNbdModel, PurchaseFitOptions } from '../clv/index.js';
import type { SignalLike } from '../io/index.js';
import { checkSendable, shareTable } from './share.js';
import { inOneThread } from './summarize-parallel.js';
import type { FitOrder } from './whole-steps.js';

/** What stops a fit. */
export interface Stoppable {
  /** stops the fit: the promise is rejected with `ABORTED`, its thread is ended */
  readonly signal?: SignalLike;
}
/** Options of a purchase fit in a thread of its own. */
export type PurchaseFitParallelOptions = Omit<PurchaseFitOptions, 'onProgress'> & Stoppable;
/** Options of a spend fit in a thread of its own. */
export type FitParallelOptions = Omit<FitOptions, 'onProgress'> & Stoppable;

/**
 * The same as `fitBgNbd`, bit for bit, off the event loop.
 *
 * It uses one thread: a million customers are fitted in under a second. Columns that lie in shared memory are used as
 * they are; others are copied into it, in slices.
 *
 * @throws ClienteleError (as a rejected promise) what `fitBgNbd` throws; `ABORTED`; `OPTION_INVALID` for a function
 *   (`onProgress`), which no thread can be sent
 * @example
 * const model = await fitBgNbdParallel(customers, { signal: AbortSignal.timeout(10_000) });
 */
export async function fitBgNbdParallel(customers: TableInput, options: PurchaseFitParallelOptions = {}): Promise<BgNbdModel> {
  return (await import('../clv/index.js')).loadBgNbdModel(await fitInThread('fitBgNbd', customers, options));
}

/** The same as `fitMbgNbd`, bit for bit, off the event loop; see {@link fitBgNbdParallel}. */
export async function fitMbgNbdParallel(customers: TableInput, options: PurchaseFitParallelOptions = {}): Promise<MbgNbdModel> {
  return (await import('../clv/index.js')).loadMbgNbdModel(await fitInThread('fitMbgNbd', customers, options));
}

/** The same as `fitParetoNbd`, bit for bit, off the event loop; see {@link fitBgNbdParallel}. */
export async function fitParetoNbdParallel(customers: TableInput, options: PurchaseFitParallelOptions = {}): Promise<ParetoNbdModel> {
  return (await import('../clv/index.js')).loadParetoNbdModel(await fitInThread('fitParetoNbd', customers, options));
}

/** The same as `fitBgBb`, bit for bit, off the event loop; see {@link fitBgNbdParallel}. */
export async function fitBgBbParallel(customers: TableInput, options: PurchaseFitParallelOptions = {}): Promise<BgBbModel> {
  return (await import('../clv/index.js')).loadBgBbModel(await fitInThread('fitBgBb', customers, options));
}

/** The same as `fitGammaGamma`, bit for bit, off the event loop; see {@link fitBgNbdParallel}. */
export async function fitGammaGammaParallel(customers: TableInput, options: FitParallelOptions = {}): Promise<GammaGammaModel> {
  return (await import('../clv/index.js')).loadGammaGammaModel(await fitInThread('fitGammaGamma', customers, options));
}

/** A model as a thread sent it: plain, to be checked and frozen. */
async function fitInThread(fit: FitOrder['fit'], customers: TableInput, asked: PurchaseFitParallelOptions): Promise<unknown> {
  const where = `${fit}Parallel`;
  const { FIT_OPTIONS, PURCHASE_FIT_OPTIONS } = await import('../clv/node/index.js');
  const { signal, ...options } = Object(asked) as PurchaseFitParallelOptions;
  // Before the names, since it tells more of `onProgress`, which no thread can be sent.
  checkSendable(where, options);
  checkKeys(where, asked, [...(fit === 'fitGammaGamma' ? FIT_OPTIONS : PURCHASE_FIT_OPTIONS).filter((option) => option !== 'onProgress'), 'signal']);
  const order: FitOrder = { ...(await shareTable(asTable(where, customers))), fit, options };
  return inOneThread<unknown>(where, 'fit', order, signal);
}
