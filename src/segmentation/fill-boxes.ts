import { LANES, STEPS, type Boxes } from './boxes.js';
import type { Clustering } from './clustering.js';
import { slicesFor } from './exact-slices.js';

function laneStart(n: number, lane: number): number {
  return Math.floor((lane * n) / LANES);
}

/** Find the place of each point of a lane, count how many each place gets, and see how large values are. */
export function countLane({ points: { n, d, data, weights } }: Clustering, { bins, places, ruler, binOf, placeOf, next, largest }: Boxes, lane: number): void {
  const own = next.subarray(lane * places, (lane + 1) * places);
  const [x0, perX, y0, perY, z0, perZ] = ruler as unknown as [number, number, number, number, number, number];
  const [, binsY, binsZ] = bins as unknown as [number, number, number];
  let mostX = 0, mostY = 0, mostZ = 0, most = weights === undefined ? 1 : 0;
  const to = laneStart(n, lane + 1);
  for (let i = laneStart(n, lane); i < to; i++) {
    const at = i * d;
    const x = data[at]!, y = d > 1 ? data[at + 1]! : 0, z = d > 2 ? data[at + 2]! : 0;
    const place = (binOf[stepOf((x - x0) * perX)]! * binsY + binOf[STEPS + stepOf((y - y0) * perY)]!) * binsZ + binOf[2 * STEPS + stepOf((z - z0) * perZ)]!;
    placeOf[i] = place;
    own[place]!++;
    mostX = Math.max(mostX, Math.abs(x));
    mostY = Math.max(mostY, Math.abs(y));
    mostZ = Math.max(mostZ, Math.abs(z));
    if (weights !== undefined) most = Math.max(most, weights[i]!);
  }
  largest.set([mostX, mostY, mostZ, most], lane * 4);
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
    const { coarse, fine } = slicesFor(f === 3 ? own : own * most[3]!, n);
    slices[f] = coarse;
    slices[f + 4] = fine;
    largest[f] = own;
  });
}

/** Put the points of a lane where they belong. */
export function placeLane({ points: { n, d, data: from, weights: heavy } }: Clustering, { places, placeOf, next, data, weights, rows }: Boxes, lane: number): void {
  const own = next.subarray(lane * places, (lane + 1) * places);
  const to = laneStart(n, lane + 1);
  for (let i = laneStart(n, lane); i < to; i++) {
    const put = own[placeOf[i]!]!++;
    const at = i * d;
    rows[put] = i;
    data[put * 3] = from[at]!;
    if (d > 1) data[put * 3 + 1] = from[at + 1]!;
    if (d > 2) data[put * 3 + 2] = from[at + 2]!;
    if (weights !== undefined) weights[put] = heavy![i]!;
  }
}

/** Half an extent is given a hair more, for the rounding of the middle. */
const HAIR = 2 ** -50;

/** Measure the boxes of a block. */
export function encloseBlock({ starts, blocks, data, shapes }: Boxes, block: number): void {
  for (let box = blocks[block]!; box < blocks[block + 1]!; box++) {
    const to = starts[box + 1]! * 3;
    for (let f = 0; f < 3; f++) {
      let least = Infinity;
      let most = -Infinity;
      for (let at = starts[box]! * 3 + f; at < to; at += 3) {
        least = Math.min(least, data[at]!);
        most = Math.max(most, data[at]!);
      }
      const middle = least / 2 + most / 2;
      shapes[box * 6 + f] = middle;
      shapes[box * 6 + 3 + f] = Math.max(most - middle, middle - least) + HAIR * Math.abs(middle);
    }
  }
}
