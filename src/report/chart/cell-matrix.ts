import { wrapText } from '../text-width.js';
import { DARK_FROM } from './theme.js';

/** One cell of a matrix of three by three. */
export interface MatrixCell {
  readonly across: string;
  readonly up: string;
  /** how dark it is, 0 to 1 */
  readonly shade: number;
  /** written large */
  readonly head: string;
  /** written small below */
  readonly text: string;
  /** for a screen reader and the tooltip */
  readonly say: string;
}

/** Axes of a matrix: titles and the classes of each, left to right and top to bottom. */
export interface MatrixAxes {
  readonly across: { readonly title: string; readonly classes: readonly string[] };
  readonly up: { readonly title: string; readonly classes: readonly string[] };
}

/** A matrix of cells with two lines each, the fuller the darker: Vega-Lite. */
export function cellMatrix(cells: readonly MatrixCell[], { across, up }: MatrixAxes, width: number): Readonly<Record<string, unknown>> {
  const room = (width - 90) / across.classes.length - 16;
  const values = cells.map((cell) => ({ ...cell, lines: wrapText(cell.text, 12, room).slice(0, 2), dark: cell.shade > DARK_FROM }));
  const color = { condition: { test: 'datum.dark', value: '#ffffff' }, value: '#1b1f24' };
  const axis = { labelAngle: 0, domain: false, ticks: false, labelFontSize: 13, labelLimit: room };
  return {
    data: { values },
    encoding: {
      x: { field: 'across', type: 'ordinal', title: across.title, scale: { domain: across.classes }, axis },
      y: { field: 'up', type: 'ordinal', title: up.title, scale: { domain: up.classes }, axis },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 3, cornerRadius: 4, tooltip: true },
        encoding: { description: { field: 'say', type: 'nominal' }, color: { field: 'shade', type: 'quantitative', scale: { domain: [0, 1] }, legend: null }, tooltip: [{ field: 'say', title: ' ' }] },
      },
      { mark: { type: 'text', fontSize: 18, fontWeight: 600, dy: -14, aria: false, tooltip: null }, encoding: { text: { field: 'head', type: 'nominal' }, color } },
      { mark: { type: 'text', fontSize: 12, dy: 10, lineHeight: 15, baseline: 'top', aria: false, tooltip: null }, encoding: { text: { field: 'lines', type: 'nominal' }, color } },
    ],
  };
}
