import type { Language } from '../format.js';

/** What the charts of money say, in one language. */
export interface MoneyWords {
  readonly nothing: string;
  /** between two parts of a sentence */
  readonly between: string;
  readonly lorenz: { title(measure: string): string; readonly customers: string; share(measure: string): string; gini(value: string): string; readonly equal: string };
  readonly whale: { readonly title: string; readonly customers: string; readonly percent: string; readonly profit: string; peak(share: string, profit: string): string; end(below: string, loss: string): string; readonly none: string };
  readonly abcXyz: { readonly title: string; readonly across: string; readonly up: string; cell(items: string, share: string): string; about(items: string): string; readonly share: string; readonly items: string };
  readonly products: {
    readonly title: string; readonly turnover: string; readonly marginRate: string; readonly salesShare: string; readonly product: string; readonly crossRatio: string;
    about(products: string, marginRate: string): string; left(shown: string, all: string): string;
  };
  readonly sensitivity: { readonly title: string; readonly kept: string; readonly criterion: string; readonly lower: string; readonly higher: string; readonly weight: string; readonly correlation: string; about(least: string): string };
  readonly keys: { readonly title: string; readonly level: string; readonly firmness: string; readonly classes: readonly [string, string, string]; about(customers: string): string; readonly action: string };
}

const WORDS: Readonly<Record<Language, MoneyWords>> = {
  en: {
    nothing: 'Nothing to show: there are no rows here.',
    between: '; ',
    lorenz: { title: (measure) => `Lorenz curve: ${measure} by customers, the smallest first`, customers: 'Share of customers, smallest first', share: (measure) => `Share of ${measure}`, gini: (value) => `Gini ${value}`, equal: 'all the same' },
    whale: {
      title: 'Whale curve: profit added up, the most profitable customers first', customers: 'Share of customers, most profitable first', percent: 'Profit, in percent of the total', profit: 'Profit',
      peak: (share, profit) => `${share} of customers: ${profit}`, end: (below, loss) => `${below === '1' ? '1 customer costs more than it brings' : `${below} customers cost more than they bring`}: ${loss}`, none: 'no customer costs more than it brings',
    },
    abcXyz: { title: 'What brings the money, and how steadily', across: 'Steadiness: X steady, Y changing, Z erratic', up: 'Share of the total: A, B, C', cell: (items, share) => `${items} · ${share}`, about: (items) => `${items} items: number and share of the total`, share: 'Share of the total', items: 'Items' },
    products: {
      title: 'Products by turnover and margin', turnover: 'Turnover of stock, times', marginRate: 'Gross margin rate', salesShare: 'Share of sales', product: 'Product', crossRatio: 'Cross ratio',
      about: (products, marginRate) => `${products} products; dashed: all together, margin rate ${marginRate}`, left: (shown, all) => `the ${shown} with the most sales of ${all}`,
    },
    sensitivity: {
      title: 'How much the selection hangs on the weights', kept: 'Share of the selected who stay selected', criterion: 'Criterion', lower: 'weight lowered', higher: 'weight raised', weight: 'Weight then', correlation: 'Rank correlation',
      about: (least) => `At the least ${least} of the selected stay`,
    },
    keys: { title: 'Key customers: level and firmness', level: 'Level', firmness: 'Firmness of the relationship', classes: ['high', 'middle', 'low'], about: (customers) => `${customers} customers`, action: 'What to do' },
  },
  zh: {
    nothing: '没有可显示的内容：这里没有数据。',
    between: '；',
    lorenz: { title: (measure) => `洛伦兹曲线：按客户从低到高累计的${measure}`, customers: '客户占比（从低到高）', share: (measure) => `${measure}占比`, gini: (value) => `基尼系数 ${value}`, equal: '绝对平均' },
    whale: {
      title: '鲸鱼曲线：按客户盈利从高到低累计的利润', customers: '客户占比（盈利从高到低）', percent: '累计利润占总利润的百分比', profit: '累计利润',
      peak: (share, profit) => `${share} 的客户：${profit}`, end: (below, loss) => `${below} 位客户亏损，共 ${loss}`, none: '没有亏损客户',
    },
    abcXyz: { title: '贡献与平稳度：ABC × XYZ', across: '平稳度：X 平稳、Y 波动、Z 不规则', up: '贡献：A、B、C', cell: (items, share) => `${items} 项 · ${share}`, about: (items) => `共 ${items} 项：数量与占比`, share: '占总额', items: '数量' },
    products: {
      title: '产品：周转率与毛利率', turnover: '库存周转率（次）', marginRate: '毛利率', salesShare: '销售占比', product: '产品', crossRatio: '交叉比率',
      about: (products, marginRate) => `${products} 种产品；虚线为整体，毛利率 ${marginRate}`, left: (shown, all) => `${all} 种中销售额最高的 ${shown} 种`,
    },
    sensitivity: {
      title: '筛选结果对权重的敏感度', kept: '仍被选中的比例', criterion: '指标', lower: '权重降低', higher: '权重提高', weight: '调整后权重', correlation: '名次相关系数',
      about: (least) => `至少 ${least} 仍被选中`,
    },
    keys: { title: '关键客户矩阵：客户等级与关系牢固度', level: '客户等级', firmness: '关系牢固度', classes: ['高', '中', '低'], about: (customers) => `${customers} 位客户`, action: '建议行动' },
  },
};

/** The wording of charts of money in a language. */
export function moneyWords(language: Language): MoneyWords {
  return WORDS[language];
}
