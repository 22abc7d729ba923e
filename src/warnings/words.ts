import type { Judge, Verdict } from './judge.js';
import type { Severity } from './severity.js';

/** Languages of labels and reasons. */
export type Language = 'en' | 'zh';

/** What people call a severity. */
export const SEVERITY_LABELS: Readonly<Record<Severity, Readonly<Record<Language, string>>>> = {
  info: { en: 'For information', zh: '提示' }, watch: { en: 'Watch', zh: '关注' }, warn: { en: 'Warning', zh: '预警' }, critical: { en: 'Critical', zh: '严重' },
};

/** Each rule's own words for watch, warn and critical; keys, not for translation. */
export const STAGES: Readonly<Record<string, readonly [string, string, string]>> = {
  'overdue': ['watch', 'at_risk', 'lost'], 'frequency-drop': ['slower', 'dropped', 'collapsed'], 'spend-drop': ['less', 'dropped', 'collapsed'],
  'segment-downgrade': ['fallen', 'fallen_far', 'fallen_deep'], 'ewma': ['near_limit', 'below_limit', 'far_below'], 'cusum': ['near_limit', 'below_limit', 'far_below'],
  'shewhart': ['near_limit', 'below_limit', 'far_below'], 'hazard': ['raised', 'highest', 'highest'], 'low-probability-alive': ['doubtful', 'unlikely', 'very_unlikely'],
  'own': ['watch', 'warn', 'critical'],
};

/** What people call a rule, in both languages; own rules by their name. */
export const RULE_LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'overdue': { en: 'Overdue', zh: '逾期未购' }, 'frequency-drop': { en: 'Buys less often', zh: '购买频次下降' }, 'spend-drop': { en: 'Spends less', zh: '消费金额下降' },
  'segment-downgrade': { en: 'Segment downgrade', zh: '客户级别下降' }, 'ewma': { en: 'Below its trend (EWMA)', zh: 'EWMA 下偏' }, 'cusum': { en: 'Lasting decline (CUSUM)', zh: 'CUSUM 持续下降' },
  'shewhart': { en: 'Unusual period (Shewhart)', zh: '休哈特图异常' }, 'hazard': { en: 'Dangerous time of life', zh: '流失高发期' }, 'low-probability-alive': { en: 'Probably gone', zh: '活跃概率低' },
};

/** Whole numbers below 10,000, and numbers below 1000 tenths, hundredths and thousandths as text: a list of a million findings holds few others. */
const KNOWN: readonly string[][] = [[], [], [], []];

/** Three digits, or the whole number from 100 on. */
export function short(n: number): string {
  if (n >= 100 && n < 9999.5) return (KNOWN[0]![Math.round(n)] ??= String(Math.round(n)));
  if (!(n >= 0.1 && n < 100)) return Math.abs(n) >= 100 ? Math.round(n).toString() : String(Number(n.toPrecision(3)));
  const digits = n >= 10 ? 1 : n >= 1 ? 2 : 3;
  const scaled = n * 10 ** digits;
  const whole = Math.round(scaled);
  // On the edge of two, the product's own rounding would decide.
  if (Math.abs(Math.abs(scaled - whole) - 0.5) < 1e-6) return String(Number(n.toPrecision(3)));
  return (KNOWN[digits]![whole] ??= String(whole / 10 ** digits));
}

/** Takes a reason as a template, piece by piece. */
export type Say = (pieces: TemplateStringsArray, ...texts: readonly string[]) => void;

export type Teller = (say: Say, verdict: Verdict, judge: Judge) => void;

/** Why, in words: value against base, and whose habit the base is. */
const REASONS: Readonly<Record<string, Readonly<Record<Language, Teller>>>> = {
  'overdue': {
    en: (say, v) => (v.history === 0 ? say`${short(v.value)} days since the last order, ${short(v.score)} times the usual ${short(v.base)}` : say`${short(v.value)} days since the last order; only ${String(v.extra)} own ${v.extra === 1 ? 'gap' : 'gaps'}, so held against ${v.history === 3 ? 'the segment' : 'all customers'}`),
    zh: (say, v) => (v.history === 0 ? say`已 ${short(v.value)} 天未购买，为平常间隔 ${short(v.base)} 天的 ${short(v.score)} 倍` : say`已 ${short(v.value)} 天未购买；自身间隔仅 ${String(v.extra)} 个，按${v.history === 3 ? '同分群' : '全体'}客户判断`),
  },
  'frequency-drop': {
    en: (say, v) => say`${short(v.value)} purchase days in ${short(v.extra)} days, ${short(v.base)} expected`,
    zh: (say, v) => say`近 ${short(v.extra)} 天有 ${short(v.value)} 天购买，预期 ${short(v.base)}`,
  },
  'spend-drop': {
    en: (say, v) => say`${short(v.value)} spent in ${short(v.extra)} days, ${short(v.base)} expected`,
    zh: (say, v) => say`近 ${short(v.extra)} 天消费 ${short(v.value)}，预期 ${short(v.base)}`,
  },
  'segment-downgrade': {
    en: (say, v, j) => say`from ${j.segments!.en[v.base - 1]!} to ${j.segments!.en[v.value - 1]!}`,
    zh: (say, v, j) => say`由 ${j.segments!.zh[v.base - 1]!} 降为 ${j.segments!.zh[v.value - 1]!}`,
  },
  'ewma': {
    en: (say, v) => say`smoothed ${short(v.value)} a period against ${short(v.base)}, over ${String(v.extra)} periods`,
    zh: (say, v) => say`平滑值每期 ${short(v.value)}，基准 ${short(v.base)}，共 ${String(v.extra)} 期`,
  },
  'cusum': {
    en: (say, v) => say`shortfalls below ${short(v.base)} a period add up to ${short(v.value)} standard deviations`,
    zh: (say, v) => say`低于每期 ${short(v.base)} 的累计偏差达 ${short(v.value)} 个标准差`,
  },
  'shewhart': {
    en: (say, v) => say`${short(v.value)} in the last period against ${short(v.base)}${v.atLeast > 0 ? ', in a run of low periods' : ''}`,
    zh: (say, v) => say`最近一期 ${short(v.value)}，基准 ${short(v.base)}${v.atLeast > 0 ? '，且连续偏低' : ''}`,
  },
  'hazard': {
    en: (say, v) => say`tenure ${short(v.extra)}: ${short(100 * v.value)} % leave in this band, ${short(100 * v.base)} % at worst`,
    zh: (say, v) => say`客户存续时长 ${short(v.extra)}：此阶段流失率 ${short(100 * v.value)} %，最高 ${short(100 * v.base)} %`,
  },
  'low-probability-alive': {
    en: (say, v) => say`still a customer with probability ${short(v.value)}`,
    zh: (say, v) => say`仍为客户的概率 ${short(v.value)}`,
  },
};

/** Who tells the reasons of a rule in a language; rules of one's own tell theirs themselves. */
export function tellerOf(judge: Judge, language: Language): Teller | undefined {
  return REASONS[judge.kind]?.[language];
}
