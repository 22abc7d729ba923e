import type { ComplaintParameters } from './complaint-effect.js';

/** Published figures about complaints: one study's, at its time and place. */
export interface ComplaintPreset {
  readonly label: { readonly en: string; readonly zh: string };
  readonly source: string;
  /** of the study; absent where the source names none */
  readonly year?: number;
  readonly parameters: Partial<ComplaintParameters>;
}

/** Names of the published figures. */
export type ComplaintPresetName = 'coca-cola-1981' | 'tarp-small' | 'tarp-large' | 'textbook-bank';

const TARP = 'Technical Assistance Research Programs, Consumer Complaint Handling in America: An Update Study';

/**
 * What studies have published, to begin with where you have no figures of your own. They are old, from one trade each, and no
 * constants: a result says which it used.
 */
export const COMPLAINT_PRESETS: Readonly<Record<ComplaintPresetName, ComplaintPreset>> = {
  'coca-cola-1981': {
    label: { en: 'Coca-Cola, 1981', zh: '可口可乐，1981 年' },
    source: 'Technical Assistance Research Programs for the Coca-Cola Company, Measuring the Grapevine', year: 1981,
    parameters: { toldSatisfied: [4, 4.5, 5], toldUnsatisfied: [9, 9.5, 10], buyMore: 0.1, repurchaseUnsatisfied: 2 / 3, buyLess: 0.45 },
  },
  'tarp-small': {
    label: { en: 'TARP, a small problem', zh: 'TARP 调查：小问题' }, source: TARP, year: 1986,
    parameters: { repurchaseSilent: 0.37, repurchaseUnsatisfied: 0.46, repurchaseSlow: 0.7, repurchaseQuick: 0.95, toldSatisfied: [4, 4.5, 5], toldUnsatisfied: [9, 9.5, 10] },
  },
  'tarp-large': {
    label: { en: 'TARP, a large problem', zh: 'TARP 调查：大问题' }, source: TARP, year: 1986,
    parameters: { repurchaseSilent: 0.09, repurchaseUnsatisfied: 0.19, repurchaseSlow: 0.54, repurchaseQuick: 0.82, toldSatisfied: [4, 4.5, 5], toldUnsatisfied: [9, 9.5, 10] },
  },
  'textbook-bank': {
    label: { en: 'A bank, as textbooks quote it', zh: '教科书中的银行' }, source: 'customer relationship courses; no survey is named',
    parameters: { toldSatisfied: [3, 3.5, 4], toldUnsatisfied: 12 },
  },
};
