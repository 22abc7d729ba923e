import { ClienteleError, dateText, dayOfText, UNITS_PER_DAY, valueText } from '../core/index.js';
import type { LogMeta } from './transactions.js';

/**
 * The unit the summary stands for: the asked day's last unit, an exact moment where the resolution is finer, or the
 * last date of the log.
 *
 * @throws ClienteleError `OPTION_INVALID` for a day that does not exist
 */
export function asOfUnit(where: string, asOf: string | undefined, dates: Int32Array, meta: LogMeta): number {
  if (asOf !== undefined) return unitOption(where, 'asOf', asOf, meta, UNITS_PER_DAY[meta.resolution] - 1);
  let last = -Infinity;
  for (let i = 0; i < dates.length; i++) if (dates[i]! > last) last = dates[i]!;
  return Number.isFinite(last) ? last : noDates(where);
}

/** The first unit of the window, far in the past when no start is asked. */
export function fromUnit(from: string | undefined, asOf: number, meta: LogMeta): number {
  if (from === undefined) return -0x80000000;
  const unit = unitOption('summarize', 'from', from, meta, 0);
  if (unit > asOf) {
    throw new ClienteleError('OPTION_INVALID', { where: 'summarize', option: 'from', value: from }, `the window starts on ${from}, after it ends (${dateText(asOf, meta.resolution)}).`, 'Give a `from` that is not after `asOf`.');
  }
  return unit;
}

function unitOption(where: string, option: string, value: unknown, meta: LogMeta, unitOfDay: number): number {
  const text = typeof value === 'string' ? value : '';
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d))?$/.exec(text);
  const day = match === null ? undefined : dayOfText(match[1]!);
  const timed = match?.[2] !== undefined;
  const hour = Number(match?.[2]);
  const minute = Number(match?.[3]);
  if (day === undefined || (timed && (meta.resolution === 'day' || hour > 23 || minute > 59))) {
    const form = meta.resolution === 'day' ? "'YYYY-MM-DD'" : "'YYYY-MM-DD' or 'YYYY-MM-DD HH:mm'";
    throw new ClienteleError('OPTION_INVALID', { where, option, value: valueText(value) }, `option ${option} is ${valueText(value)}.`, `Give an existing day as ${form} text.`);
  }
  const start = day * UNITS_PER_DAY[meta.resolution];
  if (!timed) return start + unitOfDay;
  return start + (meta.resolution === 'hour' ? hour : hour * 60 + minute);
}

function noDates(where: string): never {
  throw new ClienteleError('VALUE_INVALID', { where }, 'the order log has no rows.', 'Pass at least one order, or give asOf beside a roster.');
}
