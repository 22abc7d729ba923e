import { checkKeys, ClienteleError } from '../core/index.js';
import { checkNumber } from './inputs.js';

/** Customers of a period. */
export interface CustomerRetentionCounts {
  readonly start: number;
  readonly end: number;
  /** who joined in between; 0 by default */
  readonly joined?: number;
}

/**
 * Customer retention of a contract business (客户保持率): (end - joined) / start.
 *
 * @returns 0 to 1; for rates with limits and money, see `churnRate`
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID` where nobody was there at the start, or more stayed than there were
 * @example
 * customerRetention({ start: 200, end: 190, joined: 20 });   // 0.85
 */
export function customerRetention(counts: CustomerRetentionCounts): number {
  const where = 'customerRetention';
  checkKeys(where, counts, ['start', 'end', 'joined']);
  const [start, end, joined] = [checkNumber(where, 'start', counts.start, 0), checkNumber(where, 'end', counts.end, 0), checkNumber(where, 'joined', counts.joined ?? 0, 0)];
  if (start === 0) throw new ClienteleError('VALUE_INVALID', { where, option: 'start', value: '0' }, 'nobody was there at the start, and a share of nobody is not defined.', 'Choose a later period.');
  if (end < joined || end - joined > start) throw new ClienteleError('VALUE_INVALID', { where, option: 'end', value: String(end) }, `of ${start} customers ${end - joined} would have stayed.`, 'Check that joined counts those among end who were not there at the start.');
  return (end - joined) / start;
}
