import { checkKeys, dayOfText, optionInvalid, UNITS_PER_DAY, type Warning } from '../core/index.js';
import { isPresent, showableResult, table, type DateColumn, type Showable, type Table } from '../columns/index.js';
import { checkLanguage, checkLedger, checkNumber } from './inputs.js';
import type { PointsLedger } from './points-ledger.js';
import { quantile } from './purchase-gaps.js';
import type { Language, Words } from './words.js';

export interface ProgrammeKpisOptions {
  /** what a point costs when it is redeemed, in money; the liability is missing without */
  readonly costPerPoint?: number;
  /** share of points that will ever be redeemed; by default that of the points whose fate is known: redeemed / (redeemed + expired) */
  readonly ultimateRedemptionRate?: number;
  /** a member is active who earned or redeemed in so many days; 365 by default */
  readonly activeDays?: number;
  /** customers who could be members, for the participation */
  readonly customers?: number;
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

/** What a programme does and costs; shows itself as its table. */
export interface ProgrammeKpis extends Showable {
  readonly members: number;
  /** members / customers */
  readonly participation: number;
  readonly activeMembers: number;
  readonly activeRate: number;
  readonly issued: number;
  readonly redeemed: number;
  /** redeemed / issued, net of refunds */
  readonly redemptionRate: number;
  readonly ultimateRedemptionRate: number;
  /** 1 - ultimateRedemptionRate: what will never be asked for */
  readonly breakage: number;
  readonly outstanding: number;
  /** outstanding × ultimateRedemptionRate × costPerPoint */
  readonly liability: number;
  /** members with a redemption that was not wholly returned, and the median days from their first earning to that */
  readonly redeemers: number;
  readonly medianDaysToFirstRedemption: number;
  readonly tierUps: number;
  readonly tierDowns: number;
  /** `kpi`, `label`, `value` */
  readonly table: Table;
  /** `tier`, `members`, `share` */
  readonly tiers: Table;
  readonly warnings: readonly Warning[];
}

const LABELS: readonly (readonly [key: keyof ProgrammeKpis, label: Words])[] = [
  ['members', { en: 'Members', zh: '会员数' }], ['participation', { en: 'Participation', zh: '参与率' }], ['activeMembers', { en: 'Active members', zh: '活跃会员数' }], ['activeRate', { en: 'Active rate', zh: '活跃率' }],
  ['issued', { en: 'Points issued, net of refunds', zh: '发放积分（扣除退款）' }], ['redeemed', { en: 'Points redeemed', zh: '兑换积分' }], ['redemptionRate', { en: 'Redemption rate', zh: '兑换率' }],
  ['ultimateRedemptionRate', { en: 'Ultimate redemption rate', zh: '最终兑换率' }], ['breakage', { en: 'Breakage', zh: '沉没率' }], ['outstanding', { en: 'Points outstanding', zh: '未兑换积分' }],
  ['liability', { en: 'Liability', zh: '积分负债' }], ['redeemers', { en: 'Members who have redeemed', zh: '已兑换会员数' }], ['medianDaysToFirstRedemption', { en: 'Median days to first redemption', zh: '首次兑换天数（中位数）' }],
  ['tierUps', { en: 'Moves up a tier', zh: '升级次数' }], ['tierDowns', { en: 'Moves down a tier', zh: '降级次数' }],
];

/**
 * Key figures of a points programme: redemption, breakage, liability, active rate, time to first redemption, tier movement.
 *
 * The ultimate redemption rate of a young programme is not known from its own points: few have had the time to end. Give it
 * where an older programme tells. Days to the first redemption are of those who have redeemed; the others are still waiting.
 *
 * @param ledger what `pointsLedger` made
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * programmeKpis(ledger, { costPerPoint: 0.01 }).liability;
 *
 * O(members).
 */
export function programmeKpis(ledger: PointsLedger, options: ProgrammeKpisOptions = {}): ProgrammeKpis {
  const where = 'programmeKpis';
  checkKeys(where, options, ['costPerPoint', 'ultimateRedemptionRate', 'activeDays', 'customers', 'labels']);
  const language = checkLanguage(where, options.labels);
  checkLedger(where, ledger);
  const { totals, meta } = ledger;
  const activeDays = checkNumber(where, 'activeDays', options.activeDays ?? 365, 1);
  const cost = options.costPerPoint === undefined ? NaN : checkNumber(where, 'costPerPoint', options.costPerPoint, 0);
  if (options.customers !== undefined && !(Number.isInteger(options.customers) && options.customers >= meta.members)) throw optionInvalid(where, 'customers', options.customers, `Give a whole number, not below the ${meta.members} members.`);
  const ended = totals.redeemed + totals.expired;
  const given = options.ultimateRedemptionRate;
  const ultimate = given === undefined ? (ended > 0 ? totals.redeemed / ended : NaN) : checkNumber(where, 'ultimateRedemptionRate', given, 0, 1);
  const asOf = dayOfText(meta.asOf.slice(0, 10))!;
  const last = days(ledger.table, 'lastActive'), earn = days(ledger.table, 'firstEarn'), redeem = days(ledger.table, 'firstRedeem');
  const activeMembers = last.filter((day) => day > asOf - activeDays).length;
  const waits = redeem.map((day, i) => day - earn[i]!).filter((wait) => !Number.isNaN(wait));
  const direction = ledger.tierMoves.column('direction');
  const moves = (code: number): number => (direction.type === 'category' ? direction.data.filter((d) => d === code).length : 0);
  const issued = totals.earned - totals.reversed;
  const figures = {
    members: meta.members, participation: options.customers === undefined ? NaN : meta.members / options.customers, activeMembers, activeRate: activeMembers / meta.members,
    issued, redeemed: totals.redeemed, redemptionRate: issued > 0 ? totals.redeemed / issued : NaN, ultimateRedemptionRate: ultimate, breakage: 1 - ultimate,
    outstanding: totals.balance, liability: totals.balance * ultimate * cost, redeemers: redeem.filter((day) => !Number.isNaN(day)).length, medianDaysToFirstRedemption: quantile(waits, 5), tierUps: moves(0), tierDowns: moves(1),
  };
  const warnings: Warning[] = given === undefined && ended < 0.5 * issued ? [{ code: 'RATE_YOUNG', message: `only ${ended} of ${issued} points have been redeemed or have ended, so the ultimate redemption rate is a guess. Give ultimateRedemptionRate.` }] : [];
  const answer = table({ kpi: LABELS.map(([key]) => key), label: LABELS.map(([, label]) => label[language]), value: Float64Array.from(LABELS, ([key]) => figures[key as keyof typeof figures]) });
  const result = { ...figures, table: answer, tiers: tierTable(ledger), warnings };
  return showableResult(result, { text: () => answer.toString(), html: () => answer.toHTML() });
}

/** Days of a date column, missing as NaN; of the day where the unit is finer. */
function days(source: Table, name: string): Float64Array {
  const column = source.column(name) as DateColumn;
  const perDay = UNITS_PER_DAY[column.unit ?? 'day'];
  return Float64Array.from(column.data, (at, i) => (isPresent(column, i) ? Math.floor(at / perDay) : NaN));
}

function tierTable({ table: members, meta }: PointsLedger): Table {
  const tier = members.column('tier');
  const counts = new Int32Array(meta.tiers.length);
  if (tier.type === 'category') for (const code of tier.data) counts[code]!++;
  return table({ tier: [...meta.tiers], members: counts, share: Float64Array.from(counts, (n) => n / meta.members) });
}
