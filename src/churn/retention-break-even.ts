import { checkKeys } from '../core/index.js';
import { checkAbove0, checkNumber } from './inputs.js';

export interface RetentionPlan {
  /** customers in the programme, above 0 */
  readonly customers: number;
  /** share of them that would leave without it, 0 to 1 */
  readonly churnRate: number;
  /** margin value of a customer who stays, in money, above 0: not revenue */
  readonly valuePerCustomer: number;
  /** cost of the programme, for all of them, in money */
  readonly cost: number;
  /** share of would-be leavers whom it keeps, 0 to 1, where there is an estimate (a test against a control group) */
  readonly uplift?: number;
}

/** What may be spent to lower churn. */
export interface RetentionBreakEven {
  /** churn must fall by this share of all customers for the cost to come back: cost / (customers × value); see `canPay` */
  readonly breakEvenChurnCut: number;
  /** the same as a share of would-be leavers that must be kept; above 1 it cannot pay */
  readonly breakEvenUplift: number;
  /** false where more would have to be kept than leave, so that the cost cannot come back whatever the programme does */
  readonly canPay: boolean;
  /** customers who must be kept */
  readonly breakEvenCustomers: number;
  /** what may be spent per customer addressed, chance to leave × uplift × value; absent without `uplift` */
  readonly limitPerCustomer?: number;
  /** customers kept, their value, and what remains after the cost; absent without `uplift` */
  readonly saved?: number;
  readonly savedValue?: number;
  readonly net?: number;
  /** net > 0; absent without `uplift` */
  readonly worthIt?: boolean;
}

/**
 * What may be spent to lower churn, and how far churn must fall for a programme to pay (降低流失率的投入产出).
 *
 * Reichheld's "5 % more retention brings 25 to 85 % more profit" is a range over industries, not a law; work with your own
 * value per customer.
 *
 * @param plan see {@link RetentionPlan}
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * retentionBreakEven({ customers: 1000, churnRate: 0.2, valuePerCustomer: 150, cost: 6000, uplift: 0.25 });
 * // breakEvenChurnCut 0.04, breakEvenUplift 0.2, canPay true, limitPerCustomer 7.5, saved 50, net 1500, worthIt true
 */
export function retentionBreakEven(plan: RetentionPlan): RetentionBreakEven {
  const where = 'retentionBreakEven';
  checkKeys(where, plan, ['customers', 'churnRate', 'valuePerCustomer', 'cost', 'uplift']);
  const customers = checkAbove0(where, 'customers', plan.customers);
  const churnRate = checkNumber(where, 'churnRate', plan.churnRate, 0, 1);
  const value = checkAbove0(where, 'valuePerCustomer', plan.valuePerCustomer);
  const cost = checkNumber(where, 'cost', plan.cost, 0);
  const cut = cost / (customers * value);
  const breakEvenUplift = cost === 0 ? 0 : churnRate === 0 ? Infinity : cut / churnRate;
  const needed = { breakEvenChurnCut: cut, breakEvenUplift, canPay: breakEvenUplift <= 1 + 1e-12, breakEvenCustomers: cost / value };
  if (plan.uplift === undefined) return needed;
  const uplift = checkNumber(where, 'uplift', plan.uplift, 0, 1);
  const saved = customers * churnRate * uplift;
  const net = saved * value - cost;
  return { ...needed, limitPerCustomer: churnRate * uplift * value, saved, savedValue: saved * value, net, worthIt: net > 0 };
}
