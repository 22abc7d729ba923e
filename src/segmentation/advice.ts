import type { KRow } from './choose-k.js';

/** Which k to take and why. */
export interface Advice {
  readonly k: number;
  readonly natural: boolean;
  readonly picks: {
    readonly elbow?: number;
    readonly silhouette: number;
    readonly calinskiHarabasz: number;
    readonly daviesBouldin: number;
    readonly gap?: number;
    readonly stability?: number;
  };
  readonly recommendation: string;
}

/** A structure, by Kaufman & Rousseeuw; a cluster that comes back, by Hennig. */
const STRUCTURE = 0.5;
const STABLE = 0.75;
/** Customers a cluster must have on average before a gap between them is more than chance: a rule of thumb. */
const FEWEST = 10;
/** How far from the chord a knee must lie, on the unit square. */
const KNEE = 0.2;

/** The k farthest below the line from first to last on (k, inertia) scaled to the unit square; none where that is flat. */
export function elbowOf(rows: readonly Pick<KRow, 'k' | 'inertia'>[]): number | undefined {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const drop = first.inertia - last.inertia;
  if (rows.length < 3 || !(drop > 0)) return undefined;
  const below = rows.map(({ k, inertia }) => 1 - (k - first.k) / (last.k - first.k) - (inertia - last.inertia) / drop);
  const most = Math.max(...below);
  return most / Math.SQRT2 < KNEE ? undefined : rows[below.indexOf(most)]!.k;
}

/** The smallest k whose gap is no more than one standard error below that of the next; none where there is no such k. */
export function gapPick(rows: readonly Pick<KRow, 'k' | 'gap' | 'gapError'>[]): number | undefined {
  return rows.find(({ gap }, i) => i + 1 < rows.length && gap >= rows[i + 1]!.gap - rows[i + 1]!.gapError)?.k;
}

/** The recommendation in words. */
export function adviceText(rows: readonly KRow[], elbow: number | undefined, gap: number | undefined, { language, customers }: { language: 'en' | 'zh'; customers: number }): Advice {
  const best = (name: keyof KRow, sign: 1 | -1): KRow => rows.reduce((one, other) => (sign * other[name] > sign * one[name] ? other : one));
  const looked = rows.every(({ jaccard }) => !Number.isNaN(jaccard));
  const [silhouette, stable] = [best('silhouette', 1), looked ? best('jaccard', 1) : undefined];
  const picks = {
    ...(elbow === undefined ? {} : { elbow }), silhouette: silhouette.k,
    calinskiHarabasz: best('calinskiHarabasz', 1).k, daviesBouldin: best('daviesBouldin', -1).k,
    ...(gap === undefined ? {} : { gap }), ...(stable === undefined ? {} : { stability: stable.k }),
  };
  const few = customers < FEWEST * silhouette.k ? customers : undefined;
  const natural = few === undefined && silhouette.silhouette >= STRUCTURE && (!looked || silhouette.jaccard >= STABLE);
  const k = natural ? silhouette.k : elbow ?? stable?.k ?? silhouette.k;
  const taken = rows.find((row) => row.k === k)!;
  return { k, natural, picks, recommendation: (language === 'zh' ? chinese : english)({ rows, natural, k, taken, silhouette, picks, looked, few }) };
}

interface Said {
  readonly rows: readonly KRow[];
  readonly natural: boolean;
  readonly k: number;
  readonly taken: KRow;
  readonly silhouette: KRow;
  readonly picks: Advice['picks'];
  readonly looked: boolean;
  /** number of customers, where they are too few to tell */
  readonly few: number | undefined;
}

const gapWords = (gap: number | undefined, none: string, one: string): string => (gap === undefined ? none : gap === 1 ? one : String(gap));

function english({ rows, natural, k, taken, silhouette, picks, looked, few }: Said): string {
  const stable = looked ? ` In resamples its clusters come back with a mean Jaccard of ${taken.jaccard.toFixed(2)} (${taken.jaccard >= STABLE ? 'stable' : taken.jaccard >= 0.6 ? 'fairly stable' : 'not stable'}).` : '';
  const others = ` Picks: silhouette ${picks.silhouette}, Calinski-Harabasz ${picks.calinskiHarabasz}, Davies-Bouldin ${picks.daviesBouldin}, elbow ${picks.elbow ?? 'none (no knee)'}, gap ${gapWords(picks.gap, 'none', '1 (no groups)')}${picks.stability === undefined ? '' : `, stability ${picks.stability}`}.`;
  if (natural) return `k = ${k}: the customers fall into ${k} groups of their own (mean silhouette ${taken.silhouette.toFixed(2)}).${stable}${others}`;
  return `No natural k: for k = ${rows[0]!.k} to ${rows.at(-1)!.k} the mean silhouette is ${Math.max(...rows.map((row) => row.silhouette)).toFixed(2)} at best (k = ${silhouette.k}), and a structure begins at ${STRUCTURE}${silhouette.silhouette < STRUCTURE ? '' : few !== undefined ? `, but ${few} customers are too few to tell groups from chance` : ', but those clusters do not come back in resamples'}. Any k cuts a continuum: choose as many as you can act on, or segment by rule; k = ${k} is a fair start.${stable}${others}`;
}

function chinese({ rows, natural, k, taken, silhouette, picks, looked, few }: Said): string {
  const stable = looked ? `重抽样中各群的平均 Jaccard 为 ${taken.jaccard.toFixed(2)}（${taken.jaccard >= STABLE ? '稳定' : taken.jaccard >= 0.6 ? '较稳定' : '不稳定'}）。` : '';
  const others = `各指标选择：轮廓系数 ${picks.silhouette}，Calinski-Harabasz ${picks.calinskiHarabasz}，Davies-Bouldin ${picks.daviesBouldin}，肘部 ${picks.elbow ?? '无'}，gap ${gapWords(picks.gap, '无', '1（不成群）')}${picks.stability === undefined ? '' : `，稳定性 ${picks.stability}`}。`;
  if (natural) return `k = ${k}：客户自然分成 ${k} 群（平均轮廓系数 ${taken.silhouette.toFixed(2)}）。${stable}${others}`;
  return `没有自然的 k：k = ${rows[0]!.k} 至 ${rows.at(-1)!.k} 时平均轮廓系数最高 ${silhouette.silhouette.toFixed(2)}（k = ${silhouette.k}），${silhouette.silhouette < STRUCTURE ? `低于 ${STRUCTURE}` : few !== undefined ? `但 ${few} 位客户太少，无法与偶然区分` : '但重抽样时不稳定'}。任何 k 都是人为划分：按能够执行的群数选择，或用规则分群；可从 k = ${k} 开始。${stable}${others}`;
}
