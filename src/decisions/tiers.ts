import { optionInvalid } from '../core/index.js';
import { shareCount, Table, type Column } from '../columns/index.js';

/** A tier of customers and what it gets. */
export interface Tier {
  readonly key: string;
  /** share of customers in it; the last tier takes the rest and needs none */
  readonly share?: number;
  /** in one language or both; the key when absent */
  readonly label?: string | { readonly en: string; readonly zh: string };
  /** service policy */
  readonly policy?: string | { readonly en: string; readonly zh: string };
}

/** The top with tailored service, the next 30 % with attention, the rest with standard service at lower cost. */
export function defaultTiers(top: number): readonly Tier[] {
  const key: Tier = { key: 'key', share: top, label: { en: 'Key', zh: '关键客户' }, policy: { en: 'Own manager, tailored offers, first in every queue', zh: '专属客户经理、定制方案、优先服务' } };
  const growing: Tier = { key: 'growing', share: Math.min(0.3, 1 - top), label: { en: 'Growing', zh: '成长客户' }, policy: { en: 'Regular contact, offers to grow', zh: '定期联系、推荐升级' } };
  const standard: Tier = { key: 'standard', label: { en: 'Standard', zh: '一般客户' }, policy: { en: 'Standard service at lower cost: self-service first', zh: '标准化服务，降低成本：自助优先' } };
  return top < 1 ? [key, growing, standard] : [key];
}

/**
 * The tier of each rank; tiers end at cumulated shares, rounded up.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function tierCodes(where: string, ranks: Int32Array, tiers: readonly Tier[]): Int32Array {
  const shares = tiers.slice(0, -1).map(({ share }) => share);
  const sum = shares.reduce<number>((a, b) => a + (b ?? NaN), 0);
  if (tiers.length === 0 || shares.some((share) => !(typeof share === 'number' && share > 0)) || sum > 1 + 1e-9 || new Set(tiers.map(({ key }) => key)).size < tiers.length) {
    throw optionInvalid(where, 'tiers', tiers.map(({ key, share }) => `${key} ${share ?? ''}`).join(', '), 'Give tiers with different keys and shares of customers, together at most 1; the last takes the rest.');
  }
  let cumulated = 0;
  const ends = shares.map((share) => shareCount((cumulated = Math.min(1, Math.round((cumulated + share!) * 1e12) / 1e12)), ranks.length, 'ceil'));
  return ranks.map((rank) => ends.filter((end) => rank > end).length);
}

/** One row per tier: `tier`, `label`, `customers`, `shareOfCustomers`, `meanScore`, `policy`. */
export function tierTable(tiers: readonly Tier[], names: readonly string[], codes: Int32Array, score: Float64Array, language: 'en' | 'zh'): Table {
  const counts = new Int32Array(tiers.length);
  const scored = new Int32Array(tiers.length);
  const sums = new Float64Array(tiers.length);
  for (let i = 0; i < codes.length; i++) {
    counts[codes[i]!]!++;
    if (Number.isNaN(score[i]!)) continue;
    scored[codes[i]!]!++;
    sums[codes[i]!]! += score[i]!;
  }
  const all = Int32Array.from(tiers, (_, t) => t);
  const texts = (values: readonly string[]): Column => ({ type: 'category', data: all, values });
  return new Table([
    ['tier', texts(tiers.map(({ key }) => key))], ['label', texts(names)], ['customers', { type: 'integer', data: counts }],
    ['shareOfCustomers', { type: 'number', data: Float64Array.from(counts, (count) => count / codes.length) }],
    ['meanScore', { type: 'number', data: sums.map((sum, t) => (scored[t] === 0 ? NaN : sum / scored[t]!)) }],
    ['policy', texts(tiers.map(({ policy }) => (typeof policy === 'string' ? policy : policy?.[language] ?? '')))],
  ]);
}
