import type { LoyaltyCell, RetentionKind } from '../../loyalty/index.js';
import type { Period } from '../../transactions/index.js';
import type { Language } from '../format.js';

/** What the charts of loyalty say, in one language. */
export interface LoyaltyWords {
  readonly retention: {
    title(kind: RetentionKind, money: boolean): string;
    readonly rate: string;
    readonly revenueRate: string;
    readonly cohort: string;
    since(period: Period): string;
    readonly size: string;
    readonly running: string;
    about(cohorts: string, asOf: string, left: string | undefined): string;
    readonly together: string;
    readonly curves: string;
    readonly cohorts: string;
  };
  readonly stages: { readonly flow: string; readonly shares: string; readonly customers: string; readonly share: string; readonly stage: string; readonly date: string; readonly entered: string };
  readonly matrix: { readonly title: string; readonly attitude: string; readonly patronage: string; readonly type: string; readonly cells: Readonly<Record<LoyaltyCell, string>>; about(customers: string, shown: string | undefined): string };
}

const PERIODS: Readonly<Record<Language, Readonly<Record<Period, string>>>> = {
  en: { week: 'Weeks', month: 'Months', quarter: 'Quarters', year: 'Years' }, zh: { week: '周', month: '月', quarter: '季', year: '年' },
};
const KINDS: Readonly<Record<Language, Readonly<Record<RetentionKind, string>>>> = {
  en: { bounded: 'bought in the period', unbounded: 'bought in the period or later', window: 'bought in the days before its end' }, zh: { bounded: '当期购买', unbounded: '当期或之后购买', window: '期末前窗口内购买' },
};

const WORDS: Readonly<Record<Language, LoyaltyWords>> = {
  en: {
    retention: {
      title: (kind, money) => (money ? 'Money kept, by cohort' : `Who stayed, by cohort: ${KINDS.en[kind]}`), rate: 'Share of customers', revenueRate: 'Share of money', cohort: 'First purchase',
      since: (period) => `${PERIODS.en[period]} since the first purchase`, size: 'Customers', running: 'not over',
      about: (cohorts, asOf, left) => `${cohorts} cohorts as of ${asOf}${left === undefined ? '' : `; ${left} older ones not shown`}; pale: the period is not over`, together: 'All together', curves: 'Retention by time since the first purchase', cohorts: 'single cohorts',
    },
    stages: { flow: 'Who moved between stages', shares: 'Customers by stage', customers: 'Customers', share: 'Share', stage: 'Stage', date: 'Date', entered: 'Newcomers' },
    matrix: {
      title: 'Loyalty: liking and buying', attitude: 'Relative attitude', patronage: 'Repeat patronage', type: 'Type', cells: { true_loyalty: 'True loyalty', latent_loyalty: 'Latent loyalty', spurious_loyalty: 'Spurious loyalty', no_loyalty: 'No loyalty' },
      about: (customers, shown) => `${customers} customers${shown === undefined ? '' : `, ${shown} of them drawn`}; lines: where high begins`,
    },
  },
  zh: {
    retention: {
      title: (kind, money) => (money ? '各期新客的金额留存' : `各期新客的留存：${KINDS.zh[kind]}`), rate: '客户留存率', revenueRate: '金额留存率', cohort: '首次购买', since: (period) => `首次购买后的${PERIODS.zh[period]}数`, size: '客户数', running: '未结束',
      about: (cohorts, asOf, left) => `截至 ${asOf}，${cohorts} 组${left === undefined ? '' : `，另有更早的 ${left} 组未显示`}；浅色：该期尚未结束`, together: '全部合计', curves: '首次购买之后的留存率', cohorts: '各组',
    },
    stages: { flow: '客户在各阶段之间的迁移', shares: '各阶段的客户', customers: '客户数', share: '占比', stage: '阶段', date: '日期', entered: '新进入' },
    matrix: {
      title: '忠诚矩阵：态度与购买', attitude: '相对态度', patronage: '重复购买', type: '类型', cells: { true_loyalty: '真正忠诚', latent_loyalty: '潜在忠诚', spurious_loyalty: '虚假忠诚', no_loyalty: '不忠诚' },
      about: (customers, shown) => `${customers} 位客户${shown === undefined ? '' : `，图中 ${shown} 位`}；虚线：高低的分界`,
    },
  },
};

/** The wording of the charts of loyalty in a language. */
export function loyaltyWords(language: Language): LoyaltyWords {
  return WORDS[language];
}
