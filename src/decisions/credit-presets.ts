/** Terms for one pair of size and payment record. */
export interface CreditRule {
  readonly size: string;
  readonly record: string;
  /** key of the terms, the same in every language */
  readonly terms: string;
  /** what to do, in one language or both; the key when absent */
  readonly label?: string | { readonly en: string; readonly zh: string };
}

/** Classes of size and record, best first, and the terms of each pair. */
export interface CreditPreset {
  readonly sizes: readonly string[];
  readonly records: readonly string[];
  readonly recordLimits: readonly { readonly onTime: number; readonly daysLate: number }[];
  readonly rules: readonly CreditRule[];
}

const rule = (size: string, record: string, terms: string, en: string, zh: string): CreditRule => ({ size, record, terms, label: { en, zh } });

/** The two tables of terms: the textbooks' two by two, and a graded three by three. */
export const CREDIT_PRESETS: Readonly<Record<'textbook' | 'graded', CreditPreset>> = {
  textbook: {
    sizes: ['large', 'small'],
    records: ['good', 'poor'],
    recordLimits: [{ onTime: 0.9, daysLate: 7 }],
    rules: [
      rule('large', 'good', 'preferential', 'Preferential terms', '给予优惠条件'),
      rule('large', 'poor', 'ordinary_strict', 'Ordinary terms, strict on payment', '一般条件，严格要求按期付款'),
      rule('small', 'good', 'preferential', 'Preferential terms', '给予优惠条件'),
      rule('small', 'poor', 'stop', 'Stop trading', '停止交易'),
    ],
  },
  graded: {
    sizes: ['large', 'medium', 'small'],
    records: ['prompt', 'slow', 'bad'],
    recordLimits: [{ onTime: 0.95, daysLate: 3 }, { onTime: 0.7, daysLate: 30 }],
    rules: [
      rule('large', 'prompt', 'open_long', 'Open account, longest term, high limit', '赊销，最长账期，高额度'),
      rule('large', 'slow', 'open_reduced', 'Open account, reduced limit, escalation by name', '赊销，降低额度，专人催收'),
      rule('large', 'bad', 'secured', 'Secured or staged payment', '担保或分期付款'),
      rule('medium', 'prompt', 'standard', 'Standard term', '标准账期'),
      rule('medium', 'slow', 'short', 'Short term', '短账期'),
      rule('medium', 'bad', 'part_prepaid', 'Part prepayment', '部分预付'),
      rule('small', 'prompt', 'short', 'Short term', '短账期'),
      rule('small', 'slow', 'prepaid', 'Prepayment', '预付款'),
      rule('small', 'bad', 'cash', 'Cash only', '现款交易'),
    ],
  },
};
