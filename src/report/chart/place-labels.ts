import { textWidth } from '../text-width.js';

/** Where a label stands beside its point. */
export type LabelSide = 'right' | 'left' | 'above' | 'below';

/** How a text mark stands on a side. */
export const SIDES: Readonly<Record<LabelSide, { readonly align: string; readonly baseline: string; readonly dx: number; readonly dy: number }>> = {
  right: { align: 'left', baseline: 'middle', dx: 8, dy: 0 },
  left: { align: 'right', baseline: 'middle', dx: -8, dy: 0 },
  above: { align: 'center', baseline: 'bottom', dx: 0, dy: -7 },
  below: { align: 'center', baseline: 'top', dx: 0, dy: 7 },
};

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A side for each label so that labels cover neither one another nor points, where there is room; none where there is not.
 *
 * @param points in pixels within the plot
 * @param plot its width and height in pixels
 *
 * Method: one after the other, the first side that is free. O(points²).
 */
export function placeLabels(points: readonly { readonly x: number; readonly y: number; readonly text: string }[], plot: { readonly width: number; readonly height: number }, fontSize: number): (LabelSide | undefined)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }));
  return points.map(({ x, y, text }, own) => {
    const width = textWidth(text, fontSize), half = fontSize * 0.65;
    const boxes: Readonly<Record<LabelSide, Box>> = {
      right: { left: x + 8, right: x + 8 + width, top: y - half, bottom: y + half },
      left: { left: x - 8 - width, right: x - 8, top: y - half, bottom: y + half },
      above: { left: x - width / 2, right: x + width / 2, top: y - 7 - 2 * half, bottom: y - 7 },
      below: { left: x - width / 2, right: x + width / 2, top: y + 7, bottom: y + 7 + 2 * half },
    };
    const free = (Object.keys(boxes) as LabelSide[]).find((side) => {
      const box = boxes[side];
      const inside = box.left >= 0 && box.right <= plot.width && box.top >= 0 && box.bottom <= plot.height;
      return inside && taken.every((other, i) => i === own || box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
    });
    if (free !== undefined) taken.push(boxes[free]);
    return free;
  });
}
