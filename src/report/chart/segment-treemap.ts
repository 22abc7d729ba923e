import { checkWord } from '../../core/index.js';
import { categoryColumn, numbersOf, Table } from '../../columns/index.js';
import type { RfmResult } from '../../rfm/index.js';
import { formatsOf } from '../format.js';
import { asOfOf, checkScored } from '../results.js';
import { cutText, wrapText } from '../text-width.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { segmentLabels } from './labels.js';
import { squarify, type Tile } from './squarify.js';
import { COLORS, DARK_FROM, SEQUENCE } from './theme.js';
import { measureName } from './words.js';

/** How {@link segmentTreemap} is drawn. */
export interface TreemapOptions extends ChartOptions {
  /** what the areas say: `'customers'` (default) or `'revenue'` */
  readonly area?: 'customers' | 'revenue';
}

const HEIGHT = 420;
/** Heading and legend take so much of the height. */
const AROUND = 128;
const LINE = 15;

/**
 * The segments as tiles: the area says how many customers (or how much revenue), the colour how long ago they bought.
 *
 * Segments without customers, or without positive revenue, have no tile. Names that do not fit are cut; the tooltip has
 * them whole.
 *
 * @param scored a result of `rfm` or `scoreRfm`
 * @throws ClienteleError `VALUE_INVALID`, `MODEL_INVALID`, `OPTION_INVALID`
 * @example
 * charts.segmentTreemap(scored, { area: 'revenue' });
 */
export function segmentTreemap(scored: RfmResult, options: TreemapOptions = {}): Chart {
  const where = 'segmentTreemap';
  const setting = chartSetting(where, options, ['area']);
  const { words, width } = setting;
  const area = checkWord(where, 'area', options.area ?? 'customers', ['customers', 'revenue']);
  const { segments, table } = checkScored(where, scored);
  const title = words.treemap[area];
  const sizes = numbersOf(where, segments, area);
  const rows = [...sizes.keys()].filter((row) => sizes[row]! > 0).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  if (rows.length === 0) return emptyChart(setting, title);

  const formats = formatsOf(setting.locale);
  const labels = segmentLabels(segments);
  const recency = numbersOf(where, segments, 'medianRecency');
  const total = rows.reduce((sum, row) => sum + sizes[row]!, 0);
  const longest = Math.max(...rows.map((row) => recency[row]!).filter(Number.isFinite), 1);
  const tiles = squarify(rows.map((row) => sizes[row]!), width - 16, HEIGHT - AROUND);
  const values = rows.map((row, k) => {
    const tile = tiles[k]!;
    return {
      say: `${labels[row]}: ${measureName(words, area)} ${formats.count(sizes[row]!)}, ${formats.percent(sizes[row]! / total)}`,
      segment: labels[row], size: sizes[row], share: sizes[row]! / total, ...(Number.isFinite(recency[row]) ? { recency: recency[row] } : {}),
      x: round(tile.x), x2: round(tile.x2), y: round(tile.y), y2: round(tile.y2), text: tileText(labels[row]!, formats.percent(sizes[row]! / total), tile),
      dark: 1 - (recency[row] ?? 0) / longest > DARK_FROM,
    };
  });
  const known = values.some((value) => value.recency !== undefined);
  const fixed = (domain: readonly number[], reverse = false): object => ({ type: 'quantitative', scale: { domain, nice: false, zero: false, reverse }, axis: null });
  const tooltip = [{ field: 'segment', title: words.segment }, { field: 'size', title: measureName(words, area), format: ',.0f' }, { field: 'share', title: words.share, format: '.1%' }, ...(known ? [{ field: 'recency', title: measureName(words, 'medianRecency'), format: ',.0f' }] : [])];
  return makeChart(setting, {
    title,
    subtitle: words.asOf(asOfOf(scored), formats.count(table.numRows)),
    height: HEIGHT,
    values: new Table([['segment', categoryColumn(rows.map((row) => labels[row]!))], [area, { type: 'number', data: Float64Array.from(rows, (row) => sizes[row]!) }], ['share', { type: 'number', data: Float64Array.from(rows, (row) => sizes[row]! / total) }]]),
    view: {
      data: { values },
      encoding: { x: { field: 'x', ...fixed([0, width - 16]) }, y: { field: 'y', ...fixed([0, HEIGHT - AROUND], true) } },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 2, tooltip: true },
          encoding: {
            x2: { field: 'x2' }, y2: { field: 'y2' }, description: { field: 'say', type: 'nominal' },
            color: known
              ? { field: 'recency', type: 'quantitative', scale: { domain: [0, longest], range: [...SEQUENCE].reverse() }, title: measureName(words, 'medianRecency'), legend: { orient: 'bottom', direction: 'horizontal', gradientLength: 180, format: ',.0f', tickCount: 4 } }
              : { value: SEQUENCE[1] },
            tooltip,
          },
        },
        {
          mark: { type: 'text', align: 'left', baseline: 'top', dx: 5, dy: 5, fontSize: 12, lineHeight: LINE, aria: false },
          encoding: { tooltip, text: { field: 'text', type: 'nominal' }, color: { condition: { test: 'datum.dark', value: '#ffffff' }, value: COLORS.ink } },
        },
      ],
    },
  });
}

/** Name and share as lines; as much of it as the tile holds. */
function tileText(label: string, share: string, { x, x2, y, y2 }: Tile): string[] {
  const wide = x2 - x - 10;
  const most = Math.floor((y2 - y - 4) / LINE);
  const name = wrapText(label, 12, wide);
  if (most < 1 || name.includes('')) return [];
  if (name.length < most) return [...name, share];
  if (name.length === most) return name;
  const last = cutText(`${name.slice(most - 1).join(' ')}…`, 12, wide);
  return last === '' ? [] : [...name.slice(0, most - 1), last];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
