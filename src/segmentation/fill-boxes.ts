import { exactSlices } from '../columns/index.js';
import { LANES, STEPS, type Boxes } from './boxes.js';
import type { Clustering } from './clustering.js';

function laneStart(n: number, lane: number): number {
  return Math.floor((lane * n) / LANES);
}

/**
 * Points handled by one call of an inner loop. The code of a new thread is not compiled yet; a loop that is called again and
 * again is after a few calls, one over all points only while it runs. Counting 1 M points on two new threads: 28 ms in one
 * go, 23 in runs.
 */
const RUN = 2048;

/** Find the place of each point of a lane, count how many each place gets, and see how large values are. */
export function countLane(clustering: Clustering, boxes: Boxes, lane: number): void {
  const { points: { n, weights } } = clustering;
  const most = Float64Array.of(0, 0, 0, weights === undefined ? 1 : 0);
  const to = laneStart(n, lane + 1);
  for (let from = laneStart(n, lane); from < to; from += RUN) countRun(clustering, boxes, lane * boxes.places, from, Math.min(to, from + RUN), most);
  boxes.largest.set(most, lane * 4);
}

function countRun({ points: { d, data, weights } }: Clustering, { bins, ruler, binOf, placeOf, next }: Boxes, own: number, from: number, to: number, most: Float64Array): void {
  const x0 = ruler[0]!, perX = ruler[1]!, y0 = ruler[2]!, perY = ruler[3]!, z0 = ruler[4]!, perZ = ruler[5]!;
  const binsY = bins[1]!, binsZ = bins[2]!;
  let mostX = most[0]!, mostY = most[1]!, mostZ = most[2]!, heaviest = most[3]!;
  for (let i = from; i < to; i++) {
    const at = i * d;
    const x = data[at]!, y = d > 1 ? data[at + 1]! : 0, z = d > 2 ? data[at + 2]! : 0;
    const place = (binOf[stepOf((x - x0) * perX)]! * binsY + binOf[STEPS + stepOf((y - y0) * perY)]!) * binsZ + binOf[2 * STEPS + stepOf((z - z0) * perZ)]!;
    placeOf[i] = place;
    next[own + place]!++;
    mostX = Math.max(mostX, Math.abs(x));
    mostY = Math.max(mostY, Math.abs(y));
    mostZ = Math.max(mostZ, Math.abs(z));
    if (weights !== undefined) heaviest = Math.max(heaviest, weights[i]!);
  }
  most[0] = mostX;
  most[1] = mostY;
  most[2] = mostZ;
  most[3] = heaviest;
}

function stepOf(steps: number): number {
  return steps < 0 ? 0 : steps > STEPS - 1 ? STEPS - 1 : Math.floor(steps);
}

/** Say where the points of each lane go, leave out empty places, and divide the boxes into blocks of about as many points. */
export function layBoxes({ blocks: parts }: Clustering, { n, places, next, largest, used, starts, blocks, slices }: Boxes): void {
  let at = 0;
  let count = 0;
  for (let place = 0; place < places; place++) {
    const from = at;
    for (let cell = place; cell < LANES * places; cell += places) {
      const here = next[cell]!;
      next[cell] = at;
      at += here;
    }
    if (at > from) starts[count++] = from;
  }
  starts[count] = n;
  used[0] = count;
  for (let part = 0, box = 0; part <= parts; part++) {
    while (box < count && starts[box]! < (part * n) / parts) box++;
    blocks[part] = box;
  }
  const most = [0, 1, 2, 3].map((f) => Math.max(...Array.from({ length: LANES }, (_, lane) => largest[lane * 4 + f]!)));
  most.forEach((own, f) => {
    const [coarse, fine] = exactSlices(f === 3 ? own : own * most[3]!, n) ?? [0, 0];
    slices[f] = coarse;
    slices[f + 4] = fine;
    largest[f] = own;
  });
}

/** Put the points of a lane where they belong. */
export function placeLane(clustering: Clustering, boxes: Boxes, lane: number): void {
  const { points: { n } } = clustering;
  const to = laneStart(n, lane + 1);
  for (let from = laneStart(n, lane); from < to; from += RUN) placeRun(clustering, boxes, lane * boxes.places, from, Math.min(to, from + RUN));
}

function placeRun({ points: { d, data: found, weights: heavy } }: Clustering, { placeOf, next, data, weights, rows }: Boxes, own: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const put = next[own + placeOf[i]!]!++;
    const at = i * d;
    rows[put] = i;
    data[put * 3] = found[at]!;
    if (d > 1) data[put * 3 + 1] = found[at + 1]!;
    if (d > 2) data[put * 3 + 2] = found[at + 2]!;
    if (weights !== undefined) weights[put] = heavy![i]!;
  }
}

/** Half an extent is given a hair more, for the rounding of the middle. */
const HAIR = 2 ** -50;

/** Measure the boxes of a block. */
export function encloseBlock({ starts, blocks, data, shapes }: Boxes, block: number): void {
  for (let box = blocks[block]!; box < blocks[block + 1]!; box++) {
    for (let f = 0; f < 3; f++) enclose(data, starts[box]! * 3 + f, starts[box + 1]! * 3, shapes, box * 6 + f);
  }
}

function enclose(data: Float64Array, from: number, to: number, shapes: Float64Array, put: number): void {
  let least = Infinity;
  let most = -Infinity;
  for (let at = from; at < to; at += 3) {
    least = Math.min(least, data[at]!);
    most = Math.max(most, data[at]!);
  }
  const middle = least / 2 + most / 2;
  shapes[put] = middle;
  shapes[put + 3] = Math.max(most - middle, middle - least) + HAIR * Math.abs(middle);
}
