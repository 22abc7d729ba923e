import { exactSlices } from '../columns/index.js';
import { MIXED, SUM_WIDTH, type Boxes } from './boxes.js';
import type { Clustering } from './clustering.js';

/** What a sweep has at hand. */
interface Sweep {
  readonly clustering: Clustering;
  readonly boxes: Boxes;
  /** of each centre: -2 times each feature, and its square; with them a point's squared distance less its own square is a sum of four */
  readonly terms: Float64Array;
  /** two differences, of such sums and of distances: up to them rounding, or squares too small for a double, may deceive */
  readonly limits: Float64Array;
  /** the centres that may be nearest to a point of the box, its middle's first; and whether a centre is among them */
  readonly candidates: Int32Array;
  readonly among: Uint8Array;
  /** of two candidates: 1 and -1; of others 0 */
  readonly sides: Float64Array;
  readonly listed: Int32Array;
  /** one number */
  readonly block: Int32Array;
}

/** Points of a box looked at in one go. */
const BATCH = 256;

/**
 * One for each clustering: code compiled for the first is thrown away when the same words make a second. To settle 1 M points
 * on two new threads took 65 ms with one for each block, 44 so.
 */
const sweeps = new WeakMap<Clustering, Sweep>();

function newSweep(clustering: Clustering, boxes: Boxes): Sweep {
  const { k } = clustering;
  return {
    clustering, boxes, terms: new Float64Array(k * 4), limits: new Float64Array(2), candidates: new Int32Array(k), among: new Uint8Array(k),
    sides: new Float64Array(k), listed: new Int32Array(BATCH), block: new Int32Array(1),
  };
}

/** What a sweep over a block needs, by the centres as they are. */
function sweepOf(clustering: Clustering, boxes: Boxes, block: number): Sweep {
  const sweep = sweeps.get(clustering) ?? newSweep(clustering, boxes);
  sweeps.set(clustering, sweep);
  const { k, centers, points: { d } } = clustering;
  const { terms, limits } = sweep;
  let farthest = 0;
  for (let c = 0; c < k; c++) {
    let square = 0;
    for (let f = 0; f < d; f++) {
      const value = centers[c * d + f]!;
      terms[c * 4 + f] = -2 * value;
      square += value * value;
    }
    terms[c * 4 + 3] = square;
    farthest = Math.max(farthest, square);
  }
  const reach = Math.sqrt(farthest) + Math.hypot(boxes.largest[0]!, boxes.largest[1]!, boxes.largest[2]!);
  limits[0] = 1e-14 * reach * reach + 1e-300;
  limits[1] = 1e-14 * reach + 1e-150;
  sweep.block[0] = block;
  return sweep;
}

/** Put every point of a block into the cluster of its nearest centre, and add up the clusters anew. */
export function settleBlock(clustering: Clustering, boxes: Boxes, block: number): void {
  const sweep = sweepOf(clustering, boxes, block);
  const { k, counts } = clustering;
  const { starts, owners, blocks, sums } = boxes;
  sums.fill(0, block * k * SUM_WIDTH, (block + 1) * k * SUM_WIDTH);
  counts.fill(0, block * k, (block + 1) * k);
  for (let box = blocks[block]!; box < blocks[block + 1]!; box++) {
    const found = candidatesOf(sweep, box);
    owners[box] = found === 1 ? sweep.candidates[0]! : MIXED;
    if (found === 1) settleRun(sweep, starts[box]!, starts[box + 1]!, sweep.candidates[0]!);
    else settleEach(sweep, found, starts[box]!, starts[box + 1]!);
  }
  clustering.changes[block] = boxes.n;
}

function settleEach(sweep: Sweep, found: number, from: number, to: number): void {
  const { clustering, boxes, boxes: { labels }, block } = sweep;
  for (let i = from; i < to; i++) {
    const label = nearestOf(sweep, found, i);
    labels[i] = label;
    addTo(clustering, boxes, block[0]!, i, label, 1);
  }
}

/** Put neighbouring points into one cluster. Sums of a box are made apart first: 1 M points settled in 17 ms, one by one in 25. */
function settleRun({ clustering: { counts, k }, boxes: { data, weights, sums, slices, labels }, block }: Sweep, from: number, to: number, label: number): void {
  const cx = slices[0]!, cy = slices[1]!, cz = slices[2]!, cw = slices[3]!, fx = slices[4]!, fy = slices[5]!, fz = slices[6]!, fw = slices[7]!;
  let x = 0, y = 0, z = 0, w = 0, x1 = 0, y1 = 0, z1 = 0, w1 = 0;
  for (let i = from; i < to; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const u = weight * data[i * 3]!, v = weight * data[i * 3 + 1]!, t = weight * data[i * 3 + 2]!;
    const uu = u + cx - cx, vv = v + cy - cy, tt = t + cz - cz, ww = weight + cw - cw;
    x += uu;
    y += vv;
    z += tt;
    w += ww;
    x1 += u - uu + fx - fx;
    y1 += v - vv + fy - fy;
    z1 += t - tt + fz - fz;
    w1 += weight - ww + fw - fw;
    labels[i] = label;
  }
  const own = block[0]! * k + label;
  const at = own * SUM_WIDTH;
  sums[at]! += x;
  sums[at + 1]! += y;
  sums[at + 2]! += z;
  sums[at + 3]! += w;
  sums[at + 4]! += x1;
  sums[at + 5]! += y1;
  sums[at + 6]! += z1;
  sums[at + 7]! += w1;
  counts[own]! += to - from;
}

/** Look again at the boxes of a block in which a nearest centre may have changed; sums follow the points that move. */
export function sweepBlock(clustering: Clustering, boxes: Boxes, block: number): void {
  const sweep = sweepOf(clustering, boxes, block);
  const { drift } = clustering;
  const { blocks, bounds, owners } = boxes;
  boxes.ties[block] = 0;
  let changed = 0;
  for (let box = blocks[block]!, end = blocks[block + 1]!; box < end; box++) {
    const bound = bounds[box]!;
    if (bound > 0 && bound > drift[owners[box]!]!) continue;
    changed += lookAt(sweep, box);
  }
  clustering.changes[block] = changed;
}

function lookAt(sweep: Sweep, box: number): number {
  const { boxes: { starts, owners, labels }, candidates } = sweep;
  const before = owners[box]!;
  const found = candidatesOf(sweep, box);
  const from = starts[box]!;
  const to = starts[box + 1]!;
  if (found > 1) {
    owners[box] = MIXED;
    return lookAtEach(sweep, found, from, to);
  }
  const owner = candidates[0]!;
  owners[box] = owner;
  if (before === owner) return 0;
  let changed = 0;
  for (let i = from; i < to; i++) {
    if (labels[i] === owner) continue;
    move(sweep, i, owner);
    changed++;
  }
  return changed;
}

/**
 * List the centres that may be nearest to some point of a box; when there is one only, renew the bound.
 *
 * @returns how many there are
 *
 * All are held against one that is nearest to the middle, or was at the last look: a centre is left out when the whole box
 * lies on the other side of the plane between the two. Source: Pelleg & Moore (1999); one bound per box as per point in
 * Hamerly (2010); centres by their distance from the one, until none can matter, as in Hamerly & Drake (2015).
 */
function candidatesOf(sweep: Sweep, box: number): number {
  const { clustering: { k, neighbours, distances, drift, centers, points: { d } }, boxes: { shapes, hints, bounds }, terms, limits, candidates } = sweep;
  const x = shapes[box * 6]!, y = shapes[box * 6 + 1]!, z = shapes[box * 6 + 2]!;
  const a = shapes[box * 6 + 3]!, b = shapes[box * 6 + 4]!, c = shapes[box * 6 + 5]!;
  const one = hints[box]!;
  const tx = terms[one * 4]!, ty = terms[one * 4 + 1]!, tz = terms[one * 4 + 2]!, t = terms[one * 4 + 3]!;
  const dx = x - centers[one * d]!, dy = d > 1 ? y - centers[one * d + 1]! : 0, dz = d > 2 ? z - centers[one * d + 2]! : 0;
  // Twice the way from the one to the farthest corner.
  const reach = 2 * (Math.sqrt(dx * dx + dy * dy + dz * dz) + Math.sqrt(a * a + b * b + c * c)) * (1 + 1e-12);
  const doubt = limits[0]!;
  let found = 1;
  let bound = Infinity;
  let nearest = one;
  let least = -doubt;
  candidates[0] = one;
  for (let j = one * k, end = j + k - 1; j < end; j++) {
    const between = distances[j]!;
    const beyond = between - reach;
    if (beyond > 0 && (found > 1 || beyond > bound)) break;
    const other = neighbours[j]!;
    const u = terms[other * 4]! - tx, v = terms[other * 4 + 1]! - ty, w = terms[other * 4 + 2]! - tz;
    const middle = x * u + y * v + z * w + (terms[other * 4 + 3]! - t);
    const lead = middle - (a * Math.abs(u) + b * Math.abs(v) + c * Math.abs(w));
    // Written so that what is not a number counts as doubt.
    if (lead > doubt) bound = Math.min(bound, lead / (reach + between));
    else {
      candidates[found++] = other;
      if (middle < least) {
        least = middle;
        nearest = other;
      }
    }
  }
  if (nearest !== one) {
    hints[box] = nearest;
    return candidatesOf(sweep, box);
  }
  bounds[box] = found > 1 ? -1 : (bound - limits[1]! + drift[one]!) * (1 - 1e-9);
  return found;
}

/** Look at points one by one: list those that may be nearer to a candidate than to their own centre, then judge these exactly. */
function lookAtEach(sweep: Sweep, found: number, from: number, to: number): number {
  const { boxes: { labels }, candidates, among, listed } = sweep;
  for (let j = 0; j < found; j++) among[candidates[j]!] = 1;
  let changed = 0;
  for (let start = from; start < to; start += BATCH) {
    const end = Math.min(to, start + BATCH);
    const open = found === 2 ? listOpenOfTwo(sweep, start, end) : found === 3 ? listOpenOfThree(sweep, start, end) : listOpen(sweep, found, start, end);
    for (let at = 0; at < open; at++) {
      const i = listed[at]!;
      const label = nearestOf(sweep, found, i);
      if (label === labels[i]) continue;
      move(sweep, i, label);
      changed++;
    }
  }
  for (let j = 0; j < found; j++) among[candidates[j]!] = 0;
  return changed;
}

function listOpen({ boxes: { data, labels }, terms, limits, candidates, among, listed }: Sweep, found: number, from: number, to: number): number {
  const doubt = limits[0]!;
  let open = 0;
  for (let i = from; i < to; i++) {
    const x = data[i * 3]!, y = data[i * 3 + 1]!, z = data[i * 3 + 2]!;
    const label = labels[i]!;
    const own = x * terms[label * 4]! + y * terms[label * 4 + 1]! + z * terms[label * 4 + 2]! + terms[label * 4 + 3]! + doubt;
    // Its own centre is counted too when it is among them.
    let nearer = 0;
    for (let j = 0; j < found; j++) {
      const at = candidates[j]! * 4;
      nearer += x * terms[at]! + y * terms[at + 1]! + z * terms[at + 2]! + terms[at + 3]! >= own ? 0 : 1;
    }
    listed[open] = i;
    open += nearer > among[label]! ? 1 : 0;
  }
  return open;
}

/** The same for two candidates: one sum tells on which side of the plane between them a point lies. 6 ns a point against 18. */
function listOpenOfTwo({ boxes: { data, labels }, terms, limits, candidates, sides, listed }: Sweep, from: number, to: number): number {
  const doubt = limits[0]!;
  const a = candidates[0]!, b = candidates[1]!;
  const u = terms[b * 4]! - terms[a * 4]!, v = terms[b * 4 + 1]! - terms[a * 4 + 1]!, w = terms[b * 4 + 2]! - terms[a * 4 + 2]!, t = terms[b * 4 + 3]! - terms[a * 4 + 3]!;
  sides[a] = 1;
  sides[b] = -1;
  let open = 0;
  for (let i = from; i < to; i++) {
    const lead = (data[i * 3]! * u + data[i * 3 + 1]! * v + data[i * 3 + 2]! * w + t) * sides[labels[i]!]!;
    listed[open] = i;
    open += lead > doubt ? 0 : 1;
  }
  sides[a] = 0;
  sides[b] = 0;
  return open;
}

/** The same for three, their terms at hand: 15 ns a point against 28. */
function listOpenOfThree({ boxes: { data, labels }, terms, limits, candidates, among, listed }: Sweep, from: number, to: number): number {
  const doubt = limits[0]!;
  const a = candidates[0]! * 4, b = candidates[1]! * 4, c = candidates[2]! * 4;
  const ax = terms[a]!, ay = terms[a + 1]!, az = terms[a + 2]!, at = terms[a + 3]!;
  const bx = terms[b]!, by = terms[b + 1]!, bz = terms[b + 2]!, bt = terms[b + 3]!;
  const cx = terms[c]!, cy = terms[c + 1]!, cz = terms[c + 2]!, ct = terms[c + 3]!;
  let open = 0;
  for (let i = from; i < to; i++) {
    const x = data[i * 3]!, y = data[i * 3 + 1]!, z = data[i * 3 + 2]!;
    const label = labels[i]!;
    const own = x * terms[label * 4]! + y * terms[label * 4 + 1]! + z * terms[label * 4 + 2]! + terms[label * 4 + 3]! + doubt;
    const nearer = (x * ax + y * ay + z * az + at >= own ? 0 : 1) + (x * bx + y * by + z * bz + bt >= own ? 0 : 1) + (x * cx + y * cy + z * cz + ct >= own ? 0 : 1);
    listed[open] = i;
    open += nearer > among[label]! ? 1 : 0;
  }
  return open;
}

/** The nearest of the candidates; equal distances go to the cluster with the lower number. */
function nearestOf({ clustering: { centers, points: { d } }, boxes: { data, ties }, candidates, block }: Sweep, found: number, i: number): number {
  const x = data[i * 3]!, y = data[i * 3 + 1]!, z = data[i * 3 + 2]!;
  let best = Infinity;
  let label = candidates[0]!;
  let tied = 0;
  for (let j = 0; j < found; j++) {
    const c = candidates[j]!;
    const u = x - centers[c * d]!, v = d > 1 ? y - centers[c * d + 1]! : 0, w = d > 2 ? z - centers[c * d + 2]! : 0;
    const squared = u * u + v * v + w * w;
    if (squared < best) {
      tied = 0;
      best = squared;
      label = c;
    } else if (squared === best) {
      tied = 1;
      label = Math.min(label, c);
    }
  }
  ties[block[0]!]! += tied;
  return label;
}

function move({ clustering, boxes, boxes: { labels }, block }: Sweep, i: number, label: number): void {
  addTo(clustering, boxes, block[0]!, i, labels[i]!, -1);
  addTo(clustering, boxes, block[0]!, i, label, 1);
  labels[i] = label;
}

/** Add a point to the sums of a cluster, or take it away; exact either way. */
export function addTo({ counts, k }: Clustering, { data, weights, sums, slices }: Boxes, block: number, i: number, label: number, sign: 1 | -1): void {
  const own = block * k + label;
  const at = own * SUM_WIDTH;
  const weight = weights === undefined ? 1 : weights[i]!;
  for (let f = 0; f < 4; f++) {
    const value = f === 3 ? weight : weight * data[i * 3 + f]!;
    const coarse = value + slices[f]! - slices[f]!;
    sums[at + f]! += sign * coarse;
    sums[at + 4 + f]! += sign * (value - coarse + slices[f + 4]! - slices[f + 4]!);
  }
  counts[own]! += sign;
}

/** Weighted squared distances of a block's points to their centres, in two slices. */
export function measureBlock(clustering: Clustering, boxes: Boxes, block: number): void {
  const { k, blocks: parts, centers, inertias, points: { d } } = clustering;
  const { n, blocks, starts, data, weights, labels, largest } = boxes;
  let reach = 0;
  for (let f = 0; f < d; f++) {
    let far = 0;
    for (let c = 0; c < k; c++) far = Math.max(far, Math.abs(centers[c * d + f]!));
    reach += (far + largest[f]!) ** 2;
  }
  const [coarse, fine] = exactSlices(reach * largest[3]!, n) ?? [0, 0];
  const low = parts * k;
  inertias.fill(0, block * k, (block + 1) * k);
  inertias.fill(0, low + block * k, low + (block + 1) * k);
  const to = starts[blocks[block + 1]!]!;
  for (let i = starts[blocks[block]!]!; i < to; i++) {
    const c = labels[i]!;
    const u = data[i * 3]! - centers[c * d]!, v = d > 1 ? data[i * 3 + 1]! - centers[c * d + 1]! : 0, w = d > 2 ? data[i * 3 + 2]! - centers[c * d + 2]! : 0;
    const squared = (u * u + v * v + w * w) * (weights === undefined ? 1 : weights[i]!);
    const high = squared + coarse - coarse;
    inertias[block * k + c]! += high;
    inertias[low + block * k + c]! += squared - high + fine - fine;
  }
}

/** Tell the clustering the labels of a block's points. */
export function tellLabels({ labels: told }: Clustering, { blocks, starts, rows, labels }: Boxes, block: number): void {
  const to = starts[blocks[block + 1]!]!;
  for (let i = starts[blocks[block]!]!; i < to; i++) told[rows[i]!] = labels[i]!;
}
