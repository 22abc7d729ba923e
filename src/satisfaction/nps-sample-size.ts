import { checkKeys, optionInvalid } from '../core/index.js';
import { normalQuantile } from '../math/index.js';
import { checkLevel, checkNumber } from './survey.js';

/** How sure the score is to be. */
export interface NpsSampleSizeOptions {
  /** half the width of the interval in points: 5 for ±5 */
  readonly margin: number;
  /** 0.95 by default */
  readonly level?: number;
  /**
   * variance of an answer counted as 1, 0, -1: 0.7 by default, usual in practice; 1 is the worst case. Of known shares it is
   * p + d - (p - d)².
   */
  readonly variance?: number;
  /** customers there are; the answers needed are fewer where they are few. Unlimited by default. */
  readonly population?: number;
  /** share of those invited who answer; adds `invitations` */
  readonly responseRate?: number;
}

/** Answers to gather. */
export interface NpsSampleSize {
  readonly answers: number;
  /** people to invite; absent without `responseRate` */
  readonly invitations?: number;
}

/**
 * How many answers a net promoter score of a given precision needs.
 *
 * @returns whole numbers, rounded up
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * npsSampleSize({ margin: 5 });                                  // { answers: 1076 }
 * npsSampleSize({ margin: 10, variance: 1, responseRate: 0.2 }); // { answers: 385, invitations: 1925 }
 *
 * Source: z² v / margin²; finite population after Cochran (1977), n / (1 + (n - 1) / N).
 */
export function npsSampleSize(options: NpsSampleSizeOptions): NpsSampleSize {
  const where = 'npsSampleSize';
  checkKeys(where, options, ['margin', 'level', 'variance', 'population', 'responseRate']);
  const { margin, population, responseRate } = options;
  if (!(typeof margin === 'number' && margin > 0 && margin <= 100)) throw optionInvalid(where, 'margin', margin, 'Give points above 0, up to 100: { margin: 5 } for ±5.');
  const variance = checkNumber(where, 'variance', options.variance ?? 0.7, 1e-9, 1);
  const z = normalQuantile((1 + checkLevel(where, options.level ?? 0.95)) / 2);
  const unlimited = (z * z * variance) / (margin / 100) ** 2;
  if (population !== undefined) checkNumber(where, 'population', population, 1);
  const answers = Math.ceil((population === undefined ? unlimited : unlimited / (1 + (unlimited - 1) / population)) - 1e-9);
  if (responseRate === undefined) return { answers };
  return { answers, invitations: Math.ceil(answers / checkNumber(where, 'responseRate', responseRate, 1e-9, 1) - 1e-9) };
}
