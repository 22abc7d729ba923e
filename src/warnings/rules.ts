import type { TableInput } from '../columns/index.js';
import type { Levels, Severity } from './severity.js';

interface Common {
  /** what the rule is called in the result; its kind when absent. Needed where one kind stands twice */
  readonly name?: string;
  /** where watch, warn and critical begin, in the unit of the rule's score; each rule states its own */
  readonly levels?: Levels;
}

/** Silent for longer than the customer's own habit. Score: days since the last order / base, in multiples. */
export interface OverdueRule extends Common {
  readonly rule: 'overdue';
  /** multiple of the base from which it is a warning, 2 by default; levels are k/2 (watch), k (at risk), 1.5 k (lost) */
  readonly k?: number;
  /** the habit: `'mean'` (default), `'median'` or `'p90'` of the customer's own gaps between purchase days */
  readonly base?: 'mean' | 'median' | 'p90';
  /** gaps that a habit of one's own needs, 2 by default */
  readonly minGaps?: number;
  /** for fewer gaps: `'pooled'` (default) holds the silence against the 90 % quantile of others' gaps, and says so; `'none'` does not judge */
  readonly fallback?: 'pooled' | 'none';
  /** columns customer, segment: the others are then those of the same segment, where they have 10 gaps or more; all customers when absent */
  readonly segments?: TableInput;
}

interface Windowed extends Common {
  /** length of the recent window in own mean gaps; 5 for `frequency-drop`, 8 for `spend-drop` */
  readonly windowGaps?: number;
  /** length in days instead */
  readonly windowDays?: number;
  /** windows of earlier history needed, 2 by default (may be a fraction) */
  readonly minWindows?: number;
  /** compare with all earlier history (default), or with the same days a year before, where demand has seasons */
  readonly against?: 'own-history' | 'last-year';
}

/**
 * Purchase days in the recent window against what own history lets expect. Score: Poisson tail probability, or the ratio.
 *
 * A window of w own gaps lets w purchase days expect, so silence has the probability e^-w: 0.05 for 3 gaps, which could
 * hardly warn and never be critical. 5 is the first whole number at which it can (e^-5 = 0.007): none where 5 are
 * expected is critical, one (0.040) a warning, two (0.125) are content. Shorter windows tell sooner and need levels to
 * match. The expected number counts as known, so take `minWindows` higher for fewer false alarms.
 */
export interface FrequencyDropRule extends Windowed {
  readonly rule: 'frequency-drop';
  /** `'poisson'` (default; levels 0.1, 0.05, 0.01) or `'ratio'` (levels 0.8, 0.6, 0.3) */
  readonly test?: 'poisson' | 'ratio';
}

/** Money in the recent window against own history. Score: standard deviations, or the ratio. */
export interface SpendDropRule extends Windowed {
  readonly rule: 'spend-drop';
  /** `'z'` (default; levels -1.5, -2, -2.5) or `'ratio'` (levels 0.85, 0.7, 0.4) */
  readonly test?: 'z' | 'ratio';
  /** expected by the mean rate of earlier history (default), the median of earlier windows, which one big order does not move, or their straight line */
  readonly base?: 'mean' | 'median' | 'trend';
}

/** Segment at two dates. Score: ranks fallen (levels 0.5, 1.5, 2.5). */
export interface SegmentDowngradeRule extends Common {
  readonly rule: 'segment-downgrade';
  /** tables with `customer` and `segment`; score both by the limits of the first, or customers move because limits do */
  readonly before: TableInput;
  readonly after: TableInput;
  /** keys of segments from best to worst; reasons show the labels of those that a built-in map knows */
  readonly order: readonly string[];
  /** a fall into one of these is a warning at least */
  readonly into?: readonly string[];
}

interface Charted extends Common {
  /** what is counted per period: `'orders'` (purchase days; default) or `'money'` */
  readonly measure?: 'orders' | 'money';
  /** length of a period, counted back from asOf so that all are whole; 30 by default */
  readonly periodDays?: number;
  /** first periods of a customer that make mean and spread, 8 or more; 12 by default */
  readonly basePeriods?: number;
}

/** Smoothed series below its control limit. Score: distance below the mean in standard errors (levels 2/3 L, L, 1.5 L). */
export interface EwmaRule extends Charted {
  readonly rule: 'ewma';
  /** 0.2 by default */
  readonly lambda?: number;
  /** 3 by default */
  readonly limitSd?: number;
}

/** Cumulated shortfall. Score: the lower sum in standard deviations (levels 2/3 h, h, 1.5 h). */
export interface CusumRule extends Charted {
  readonly rule: 'cusum';
  /** slack per period in standard deviations, 0.5 by default */
  readonly slack?: number;
  /** decision limit in standard deviations, 5 by default */
  readonly decision?: number;
}

/** The last period below the mean. Score: standard deviations below it (levels 2, 3, 4). */
export interface ShewhartRule extends Charted {
  readonly rule: 'shewhart';
  /** runs count as a warning too (default): 2 of 3 beyond 2 sd, 4 of 5 beyond 1 sd, 8 in a row below the mean */
  readonly runRules?: boolean;
}

/** Tenure in a band where many leave. Score: the band's hazard / the highest of the curve (levels 0.75, 0.999, never). */
export interface HazardRule extends Common {
  readonly rule: 'hazard';
  /** from `hazardCurve`: columns from, to, hazard */
  readonly curve: TableInput;
  /** days per unit of the curve's tenure, 1 by default; 30.4375 for months */
  readonly daysPerUnit?: number;
}

/** P(alive) of any model. Score: the probability (levels 0.5, 0.3, 0.1). */
export interface LowProbabilityAliveRule extends Common {
  readonly rule: 'low-probability-alive';
  /** columns customer, probability */
  readonly probabilities: TableInput;
}

/** What a rule of your own may look at. */
export interface CustomerView {
  readonly customer: string | number;
  /** purchase days and days with returns, ascending, since 1970-01-01; empty when made from customers */
  readonly days: Int32Array;
  /** net money of each day */
  readonly money: Float64Array;
  readonly asOf: number;
  readonly first: number;
  readonly last: number;
  readonly purchaseDays: number;
}

/** What a rule of your own found. */
export interface OwnFinding {
  readonly severity: Severity;
  readonly stage?: string;
  readonly value: number;
  readonly limit?: number;
  readonly base?: number;
  readonly reason: string;
}

/** A rule of your own: a finding, or nothing where it is content. */
export interface OwnRule {
  readonly rule: 'own';
  readonly name: string;
  readonly evaluate: (customer: CustomerView) => OwnFinding | undefined;
}

/** Every rule, as data. */
export type WarningRule = OverdueRule | FrequencyDropRule | SpendDropRule | SegmentDowngradeRule | EwmaRule | CusumRule | ShewhartRule | HazardRule | LowProbabilityAliveRule | OwnRule;

/** The rules used when none are given: silence, fewer orders, less money. */
export const STANDARD_RULES: readonly WarningRule[] = [{ rule: 'overdue' }, { rule: 'frequency-drop' }, { rule: 'spend-drop' }];
