import type { Language } from '../format.js';

/** What the charts of clusters say, in one language. */
export interface ClusterWords {
  readonly comparison: { readonly title: string; readonly clusters: string; readonly inertia: string; readonly silhouette: string; taken(k: string, natural: boolean): string };
  readonly profiles: { readonly title: string; readonly subtitle: string; readonly mean: string; readonly apart: string; readonly cluster: string; readonly feature: string };
  readonly scatter: { title(x: string, y: string): string; readonly components: string; axis(component: string, share: string): string; shown(some: string, all: string): string };
  readonly crossTab: { readonly title: string; readonly share: string; about(customers: string, cramersV: string): string };
  readonly silhouette: { readonly title: string; readonly value: string; about(mean: string, customers: string): string; readonly mean: string };
}

const WORDS: Readonly<Record<Language, ClusterWords>> = {
  en: {
    comparison: {
      title: 'How many clusters: inertia and silhouette', clusters: 'Clusters', inertia: 'Inertia', silhouette: 'Mean silhouette',
      taken: (k, natural) => (natural ? `${k} clusters: groups of their own` : `No natural number of clusters; ${k} is a fair start`),
    },
    profiles: { title: 'What sets each cluster apart', subtitle: 'Mean of each feature; colour: standard deviations above or below all customers', mean: 'Mean', apart: 'Standard deviations from all', cluster: 'Cluster', feature: 'Feature' },
    scatter: { title: (x, y) => `Clusters by ${x} and ${y}`, components: 'Clusters on the two main directions of difference', axis: (component, share) => `Component ${component} (${share} of the variance)`, shown: (some, all) => (some === all ? `${all} customers` : `${some} of ${all} customers, drawn evenly`) },
    crossTab: { title: 'Two groupings of the same customers', share: 'Share of the row', about: (customers, cramersV) => `${customers} customers, Cramér's V ${cramersV}` },
    silhouette: { title: 'How well customers sit in their clusters', value: 'Silhouette', about: (mean, customers) => `Mean ${mean} of ${customers} customers; below 0 a customer is nearer to another cluster`, mean: 'mean' },
  },
  zh: {
    comparison: {
      title: '分几群：组内平方和与轮廓系数', clusters: '群数', inertia: '组内平方和', silhouette: '平均轮廓系数',
      taken: (k, natural) => (natural ? `${k} 群：客户自然成群` : `没有自然的群数；可从 ${k} 群开始`),
    },
    profiles: { title: '各群的特征', subtitle: '各指标的平均值；颜色表示高于或低于全体客户几个标准差', mean: '平均值', apart: '与全体相差（标准差）', cluster: '群', feature: '指标' },
    scatter: { title: (x, y) => `各群的${x}与${y}`, components: '各群在两个主成分上的分布', axis: (component, share) => `第 ${component} 主成分（占方差 ${share}）`, shown: (some, all) => (some === all ? `${all} 位客户` : `均匀抽取 ${all} 位客户中的 ${some} 位`) },
    crossTab: { title: '同一批客户的两种分群', share: '占该行比例', about: (customers, cramersV) => `${customers} 位客户，Cramér V 为 ${cramersV}` },
    silhouette: { title: '客户与所在群的契合程度', value: '轮廓系数', about: (mean, customers) => `${customers} 位客户平均 ${mean}；低于 0 表示更接近其他群`, mean: '平均' },
  },
};

export function clusterWords(language: Language): ClusterWords {
  return WORDS[language];
}
