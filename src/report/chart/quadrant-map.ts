import { cutText } from '../text-width.js';
import { makeChart, type Chart, type ChartParts, type ChartSetting } from './chart.js';
import { placeLabels, SIDES, type LabelSide } from './place-labels.js';
import { COLORS } from './theme.js';

/** One named point of a map. */
export interface MapPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** which colour: a name of the legend */
  readonly kind: string;
  /** filled, or hollow for what is not sure */
  readonly sure: boolean;
  readonly answers: number;
}

/** A map of named points in four fields. */
export interface MapParts extends Pick<ChartParts, 'title' | 'subtitle' | 'values'> {
  readonly points: readonly MapPoint[];
  readonly kinds: readonly { readonly name: string; readonly color: string }[];
  readonly x: { readonly title: string; readonly domain: readonly [number, number]; readonly cut: number };
  readonly y: { readonly title: string; readonly domain: readonly [number, number]; readonly cut: number };
  readonly names: { readonly name: string; readonly kind: string; readonly answers: string };
  /** words in the corners: top left, top right, bottom left, bottom right */
  readonly corners?: readonly [string, string, string, string];
}

const HEIGHT = 480;
const FONT = 12;

/** Draw a map: lines at the cuts, points with their names beside them where there is room; a tooltip has all. */
export function quadrantMap(setting: ChartSetting, { points, kinds, x, y, names, corners, ...parts }: MapParts): Chart {
  // What axes, legend and heading leave, as near as one can say before they are drawn.
  const plot = { width: setting.width - 76, height: HEIGHT - 130 };
  const at = (value: number, [low, high]: readonly [number, number], size: number): number => ((value - low) / (high - low)) * size;
  const named = points.map((point) => ({ ...point, text: cutText(point.name, FONT, 190) }));
  const sides = placeLabels(named.map((point) => ({ x: at(point.x, x.domain, plot.width), y: plot.height - at(point.y, y.domain, plot.height), text: point.text })), plot, FONT);
  const scaleX = { field: 'x', type: 'quantitative', title: x.title, scale: { domain: x.domain, nice: false, zero: false }, axis: { tickCount: 6, grid: false } };
  const scaleY = { field: 'y', type: 'quantitative', title: y.title, scale: { domain: y.domain, nice: false, zero: false }, axis: { tickCount: 6, grid: false } };
  const color = { field: 'kind', type: 'nominal', scale: { domain: kinds.map(({ name }) => name), range: kinds.map((kind) => kind.color) }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolType: 'circle', symbolOpacity: 1, columns: setting.width < 500 ? 2 : 4 } };
  const tooltip = [{ field: 'name', title: names.name }, { field: 'kind', title: names.kind }, { field: 'x', title: x.title, format: '.3~f' }, { field: 'y', title: y.title, format: '.3~f' }, { field: 'answers', title: names.answers, format: ',d' }];
  const rule = { type: 'rule', color: '#8c959f', strokeDash: [4, 4], tooltip: null, aria: false };
  const rows = named.map((point, i) => ({ ...point, side: sides[i] ?? 'none' }));
  return makeChart(setting, {
    ...parts, height: HEIGHT,
    view: {
      layer: [
        ...(corners === undefined ? [] : cornerLayers(corners, x.domain, y.domain, scaleX, scaleY)),
        { data: { values: [{ x: x.cut }] }, mark: rule, encoding: { x: scaleX } },
        { data: { values: [{ y: y.cut }] }, mark: rule, encoding: { y: scaleY } },
        ...[true, false].filter((sure) => rows.some((row) => row.sure === sure)).map((sure) => ({
          data: { values: rows.filter((row) => row.sure === sure) },
          mark: { type: 'point', size: 70, strokeWidth: 2, opacity: 1, tooltip: true, ...(sure ? { filled: true } : { fill: '#ffffff' }) },
          encoding: { x: scaleX, y: scaleY, color, tooltip, description: { field: 'name', type: 'nominal' } },
        })),
        ...(Object.keys(SIDES) as LabelSide[]).filter((side) => rows.some((row) => row.side === side)).map((side) => ({
          data: { values: rows.filter((row) => row.side === side) }, mark: { type: 'text', fontSize: FONT, ...SIDES[side], tooltip: null, aria: false }, encoding: { x: scaleX, y: scaleY, text: { field: 'text', type: 'nominal' } },
        })),
      ],
    },
  });
}

/** The name of each field in its corner, pale behind the points. */
function cornerLayers([topLeft, topRight, bottomLeft, bottomRight]: readonly [string, string, string, string], [left, right]: readonly [number, number], [bottom, top]: readonly [number, number], x: object, y: object): object[] {
  const layer = (text: string, atX: number, atY: number, align: string, baseline: string): object => ({
    data: { values: [{ x: atX, y: atY, text }] },
    mark: { type: 'text', align, baseline, dx: align === 'left' ? 6 : -6, dy: baseline === 'top' ? 6 : -6, fontSize: 13, fontWeight: 600, color: '#8c959f', tooltip: null, aria: false },
    encoding: { x, y, text: { field: 'text', type: 'nominal' } },
  });
  return [layer(topLeft, left, top, 'left', 'top'), layer(topRight, right, top, 'right', 'top'), layer(bottomLeft, left, bottom, 'left', 'bottom'), layer(bottomRight, right, bottom, 'right', 'bottom')];
}

/** A domain that holds all values and the cut, with room at both ends. */
export function roomFor(values: readonly number[], cut: number): readonly [number, number] {
  const finite = [...values, cut].filter(Number.isFinite);
  const low = Math.min(...finite), high = Math.max(...finite);
  const room = high > low ? (high - low) * 0.12 : Math.max(0.5, Math.abs(high) * 0.1);
  return [low - room, high + room];
}

/** Colours of four kinds, apart for any eye. */
export const FOUR_COLORS: readonly string[] = [COLORS.vermillion, COLORS.blue, '#8c959f', COLORS.green];
