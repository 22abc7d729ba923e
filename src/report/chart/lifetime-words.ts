import type { Horizon, PurchaseKind, TimeUnit } from '../../clv/index.js';
import type { Language } from '../format.js';

/** What the charts of lifetime value say, in one language. */
export interface LifetimeWords {
  readonly actual: string;
  readonly expected: string;
  readonly purchases: string;
  readonly day: string;
  readonly repeats: string;
  readonly tracking: { readonly cumulative: string; perStep(days: number | undefined): string; readonly cumulativeAxis: string; until(day: string): string };
  readonly calibration: { readonly title: string; readonly repeats: string; readonly mean: string; readonly what: string; about(cutoff: string, days: string, customers: string): string };
  readonly alive: { readonly title: string; readonly color: string };
  readonly expectedPurchases: { title(horizon: string | undefined): string; readonly color: string };
  /** of a model and the time since its customers' first purchase */
  about(model: string, tenure: string): string;
  /** axis: time since the last purchase, in a unit */
  since(unit: TimeUnit): string;
  /** 52 weeks */
  time(count: string, unit: TimeUnit): string;
}

const UNITS_ZH: Readonly<Record<TimeUnit, string>> = { day: '天', week: '周', month: '个月', year: '年', period: '期' };

const WORDS: Readonly<Record<Language, LifetimeWords>> = {
  en: {
    actual: 'actual', expected: 'expected', purchases: 'Repeat purchases', day: 'Until', repeats: 'Repeat purchases',
    tracking: {
      cumulative: 'Repeat purchases since the start, actual and expected', cumulativeAxis: 'Repeat purchases since the start',
      perStep: (days) => `Repeat purchases ${days === 7 ? 'per week' : days === 1 ? 'per day' : days === undefined ? 'per step' : `per ${days} days`}, actual and expected`,
      until: (day) => `fitted until ${day}`,
    },
    calibration: {
      title: 'Bought after the cutoff: actual and predicted', repeats: 'Repeat purchases up to the cutoff', mean: 'Mean purchases per customer', what: 'Prediction',
      about: (cutoff, days, customers) => `${customers} customers known on ${cutoff}, and the ${days} days after it`,
    },
    alive: { title: 'Who is still a customer', color: 'Probability of still being a customer' },
    expectedPurchases: { title: (horizon) => (horizon === undefined ? 'Purchases to be expected from now on' : `Purchases to be expected in the next ${horizon}`), color: 'Expected purchases per customer' },
    about: (model, tenure) => `${model}, customers who first bought ${tenure} ago`,
    since: (unit) => `${unit.charAt(0).toUpperCase()}${unit.slice(1)}s since the last purchase`,
    time: (count, unit) => `${count} ${unit}${count === '1' ? '' : 's'}`,
  },
  zh: {
    actual: '实际', expected: '预期', purchases: '复购次数', day: '截至', repeats: '复购次数',
    tracking: {
      cumulative: '累计复购次数：实际与预期', cumulativeAxis: '累计复购次数',
      perStep: (days) => `${days === 7 ? '每周' : days === 1 ? '每天' : days === undefined ? '各期' : `每 ${days} 天`}复购次数：实际与预期`,
      until: (day) => `拟合截至 ${day}`,
    },
    calibration: {
      title: '截止日之后的购买次数：实际与预测', repeats: '截止日之前的复购次数', mean: '人均购买次数', what: '预测',
      about: (cutoff, days, customers) => `截至 ${cutoff} 的 ${customers} 位客户，及其后 ${days} 天`,
    },
    alive: { title: '谁仍是客户', color: '仍为客户的概率' },
    expectedPurchases: { title: (horizon) => (horizon === undefined ? '今后的预期购买次数' : `未来 ${horizon}的预期购买次数`), color: '人均预期购买次数' },
    about: (model, tenure) => `${model}，首次购买于 ${tenure}前的客户`,
    since: (unit) => `距上次购买（${unit === 'month' ? '月' : UNITS_ZH[unit]}）`,
    time: (count, unit) => `${count} ${UNITS_ZH[unit]}`,
  },
};

/** The wording of the charts of lifetime value in a language. */
export function lifetimeWords(language: Language): LifetimeWords {
  return WORDS[language];
}

const MODELS: Readonly<Record<PurchaseKind, string>> = { 'bg-nbd': 'BG/NBD', 'mbg-nbd': 'MBG/NBD', 'pareto-nbd': 'Pareto/NBD', 'bg-bb': 'BG/BB' };

/** A model's name as the papers write it; any other name as it is. */
export function modelName(kind: string): string {
  return Object.hasOwn(MODELS, kind) ? MODELS[kind as PurchaseKind] : kind;
}

/** True for what the heatmaps of a model can show. */
export function isPurchaseKind(kind: unknown): kind is PurchaseKind {
  return typeof kind === 'string' && Object.hasOwn(MODELS, kind);
}

/** A horizon as people say it, undefined without end. */
export function horizonText(words: LifetimeWords, horizon: Horizon, unit: TimeUnit, count: (value: number) => string): string | undefined {
  if (horizon === Infinity) return undefined;
  if (typeof horizon === 'number') return words.time(count(horizon), unit);
  const [name, value] = Object.entries(horizon)[0] as [string, number];
  return words.time(count(value), name.slice(0, -1) as TimeUnit);
}
