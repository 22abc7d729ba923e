import type { RealPair } from './concentration-tables.js';

/** The real pair in words. */
export function paretoSentence(pair: RealPair, of: string, language: 'en' | 'zh'): string {
  const { topCustomers, customers, neededCustomers } = pair;
  const [top, brings, share, needs] = [percent(pair.top, 0), percent(pair.brings, 1), percent(pair.of, 0), percent(pair.needs, 1)];
  if (language === 'zh') {
    const what = of === 'revenue' ? '销售额' : of === 'profit' ? '利润' : of;
    return `前 ${top} 的客户（${customers} 位中的 ${topCustomers} 位）贡献了 ${brings} 的${what}；${share} 的${what}来自 ${needs} 的客户（${neededCustomers} 位）。`;
  }
  return `The top ${top} of customers (${topCustomers} of ${customers}) bring ${brings} of ${of}; ${share} of ${of} comes from ${needs} of them (${neededCustomers}).`;
}

/** A share as people write it: 0.356 is '35.6%'. */
export function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)}%`;
}
