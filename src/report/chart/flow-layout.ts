/** Customers who moved from one segment to another; null stands for not there. */
export interface Move {
  readonly from: string | null;
  readonly to: string | null;
  readonly customers: number;
  readonly change: string;
}

/** A segment on one side, from `top` to `bottom` in 0 … 1. */
export interface FlowNode {
  readonly side: 'from' | 'to';
  readonly key: string | null;
  readonly customers: number;
  readonly x: 0 | 1;
  readonly top: number;
  readonly bottom: number;
  /** where its name stands: in its middle, or pushed down where names would cover one another */
  readonly labelAt: number;
}

/** A band between two segments: its ends on both sides, in 0 … 1. */
export interface FlowLink extends Move {
  readonly link: number;
  readonly from0: number;
  readonly from1: number;
  readonly to0: number;
  readonly to1: number;
}

/** Share of the height between two segments, and the least distance of two names. */
const GAP = 0.018, LEAST = 0.042;

/** Where segments and bands stand: segments in the map's order on both sides, heights in proportion to customers. */
export function flowLayout(moves: readonly Move[], order: readonly string[]): { before: FlowNode[]; after: FlowNode[]; links: FlowLink[] } {
  const keys = [...order, null];
  const sums = { from: sumBy(moves, 'from'), to: sumBy(moves, 'to') };
  const total = moves.reduce((sum, move) => sum + move.customers, 0);
  const unit = (1 - GAP * (Math.max(sums.from.size, sums.to.size) - 1)) / total;
  const before = stack('from', keys, sums.from, unit);
  const after = stack('to', keys, sums.to, unit);

  const free = { from: new Map(before.map((node) => [node.key, node.top])), to: new Map(after.map((node) => [node.key, node.top])) };
  const take = (side: 'from' | 'to', move: Move): [number, number] => {
    const top = free[side].get(move[side])!;
    const bottom = top + move.customers * unit;
    free[side].set(move[side], bottom);
    return [round(top), round(bottom)];
  };
  const ranked = [...moves].sort((a, b) => keys.indexOf(a.from) - keys.indexOf(b.from) || keys.indexOf(a.to) - keys.indexOf(b.to));
  const links = ranked.map((move, link) => {
    const [from0, from1] = take('from', move);
    const [to0, to1] = take('to', move);
    return { ...move, link, from0, from1, to0, to1 };
  });
  return { before, after, links };
}

function sumBy(moves: readonly Move[], side: 'from' | 'to'): Map<string | null, number> {
  const sums = new Map<string | null, number>();
  for (const move of moves) sums.set(move[side], (sums.get(move[side]) ?? 0) + move.customers);
  return sums;
}

function stack(side: 'from' | 'to', keys: readonly (string | null)[], sums: ReadonlyMap<string | null, number>, unit: number): FlowNode[] {
  let top = 0;
  let lastLabel = -1;
  return keys.filter((key) => sums.has(key)).map((key) => {
    const customers = sums.get(key)!;
    const bottom = top + customers * unit;
    const labelAt = Math.max((top + bottom) / 2, lastLabel + LEAST);
    const node: FlowNode = { side, key, customers, x: side === 'from' ? 0 : 1, top: round(top), bottom: round(bottom), labelAt: round(labelAt) };
    lastLabel = labelAt;
    top = bottom + GAP;
    return node;
  });
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
