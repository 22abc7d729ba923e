import { optionInvalid } from '../../core/index.js';
import { cellOf } from '../../columns/index.js';
import { SEGMENT_TEXTS, type Migration } from '../../rfm/index.js';
import { formatsOf, type Language } from '../format.js';
import { checkMigration } from '../results.js';
import { cutText, textWidth } from '../text-width.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { flowLayout, type Move } from './flow-layout.js';
import { COLORS } from './theme.js';

/** How {@link segmentFlow} is drawn. */
export interface FlowOptions extends ChartOptions {
  /** own names by segment key: `{ champions: 'VIP' }`; others are named in the language of the chart */
  readonly labels?: Readonly<Record<string, string>>;
  /** what to write over the two sides, dates for example: `['2025-12-31', '2026-01-31']` */
  readonly dates?: readonly [before: string, after: string];
}

const CHANGE_COLORS: Readonly<Record<string, string>> = { upgrade: COLORS.blue, downgrade: COLORS.vermillion, same: COLORS.gray, unranked: '#8c959f', entered: COLORS.green, left: COLORS.purple };
const LONGEST = 0.36;      // most of the width that the names of one side may take

/**
 * Who moved between segments from one date to another, as bands: blue up, orange-red down, grey for those who stayed.
 *
 * @param moved a result of `migration`
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * charts.segmentFlow(migration(january, february), { dates: ['2026-01-31', '2026-02-28'] });
 */
export function segmentFlow(moved: Migration, options: FlowOptions = {}): Chart {
  const where = 'segmentFlow';
  const setting = chartSetting(where, options, ['labels', 'dates']);
  const { words, language } = setting;
  const { counts, matrix } = checkMigration(where, moved);
  const [before, after] = checkDates(where, options.dates) ?? [words.flow.before, words.flow.after];
  if (counts.numRows === 0) return emptyChart(setting, words.flow.title);

  const order = Array.from({ length: matrix.numRows }, (_, i) => String(cellOf(matrix.column('from'), i)));
  const name = (key: string | null, side: 'from' | 'to'): string => (key === null ? (side === 'from' ? words.flow.entered : words.flow.left) : labelOf(key, options.labels, language));
  const moves = Array.from({ length: counts.numRows }, (_, i): Move => ({
    from: textCell(cellOf(counts.column('from'), i)), to: textCell(cellOf(counts.column('to'), i)), customers: Number(cellOf(counts.column('customers'), i)), change: textCell(cellOf(counts.column('change'), i)) ?? '',
  })).map((move) => ({ ...move, change: move.change !== '' ? move.change : move.from === null ? 'entered' : 'left' }));
  const layout = flowLayout(moves, order);
  const formats = formatsOf(setting.locale);
  const height = Math.max(360, 120 + 17 * Math.max(layout.before.length, layout.after.length) * 1.6);
  const nodes = [...layout.before, ...layout.after].map((node) => ({ ...node, name: cutText(name(node.key, node.side), 12, setting.width * LONGEST - 60), count: formats.count(node.customers) }))
    .map((node) => ({ ...node, text: node.side === 'from' ? `${node.name}  ${node.count}` : `${node.count}  ${node.name}` }));
  const links = layout.links.map((link) => ({ ...link, from: name(link.from, 'from'), to: name(link.to, 'to'), word: words.flow.changes[link.change] ?? link.change }))
    .map((link) => ({ ...link, say: `${link.from} → ${link.to}: ${formats.count(link.customers)} (${link.word})` }));
  const used = Object.keys(CHANGE_COLORS).filter((change) => links.some((link) => link.change === change));
  const [left, right] = (['from', 'to'] as const).map((which) => 22 + Math.max(...nodes.filter((node) => node.side === which).map((node) => textWidth(node.text, 12)), textWidth(which === 'from' ? before : after, 12, true)));
  const inner = Math.max(80, setting.width - left! - right!);
  const across = { type: 'quantitative', axis: null, scale: { domain: [-left! / inner, 1 + right! / inner], nice: false, zero: false } };
  const down = { type: 'quantitative', axis: null, scale: { domain: [-0.05, 1], reverse: true, nice: false, zero: false } };
  const side = (which: 'from' | 'to', align: string, dx: number): object => ({
    data: { values: nodes.filter((node) => node.side === which) },
    mark: { type: 'text', align, baseline: 'middle', dx, tooltip: null },
    encoding: { x: { datum: which === 'from' ? 0 : 1, ...across }, y: { field: 'labelAt', ...down }, text: { field: 'text', type: 'nominal' } },
  });
  return makeChart(setting, {
    title: words.flow.title,
    subtitle: `${before} → ${after}`,
    height,
    values: counts,
    view: {
      layer: [
        {
          data: { values: links },
          transform: [{ calculate: 'sequence(0, 1.01, 0.1)', as: 't' }, { flatten: ['t'] }, { calculate: 'datum.t * datum.t * (3 - 2 * datum.t)', as: 'ease' },
            { calculate: 'datum.from0 + (datum.to0 - datum.from0) * datum.ease', as: 'top' }, { calculate: 'datum.from1 + (datum.to1 - datum.from1) * datum.ease', as: 'bottom' }],
          mark: { type: 'area', interpolate: 'monotone', opacity: 0.6, tooltip: true },
          encoding: {
            x: { field: 't', ...across }, y: { field: 'top', ...down }, y2: { field: 'bottom' }, detail: { field: 'link' }, description: { field: 'say', type: 'nominal' },
            color: { field: 'word', type: 'nominal', scale: { domain: used.map((change) => words.flow.changes[change]), range: used.map((change) => CHANGE_COLORS[change]) }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolType: 'square', symbolOpacity: 1 } },
            tooltip: [{ field: 'from', title: words.from }, { field: 'to', title: words.to }, { field: 'customers', title: words.customers, format: ',d' }, { field: 'word', title: words.flow.change }],
          },
        },
        {
          data: { values: nodes },
          mark: { type: 'rule', strokeWidth: 5, color: COLORS.ink, tooltip: null, aria: false },
          encoding: { x: { field: 'x', ...across }, y: { field: 'top', ...down }, y2: { field: 'bottom' } },
        },
        side('from', 'right', -8),
        side('to', 'left', 8),
        {
          data: { values: [{ x: 0, text: before, align: 'right' }, { x: 1, text: after, align: 'left' }] },
          mark: { type: 'text', align: { expr: 'datum.align' }, baseline: 'middle', fontWeight: 600, color: COLORS.pale, tooltip: null },
          encoding: { x: { field: 'x', ...across }, y: { datum: -0.04, ...down }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  });
}

function labelOf(key: string, labels: FlowOptions['labels'], language: Language): string {
  if (labels !== undefined && Object.hasOwn(labels, key)) return String(labels[key]);
  return SEGMENT_TEXTS.get(key)?.label[language] ?? key;
}

function checkDates(where: string, dates: unknown): readonly [string, string] | undefined {
  if (dates === undefined) return undefined;
  if (Array.isArray(dates) && dates.length === 2 && dates.every((date) => typeof date === 'string')) return dates as unknown as readonly [string, string];
  throw optionInvalid(where, 'dates', dates, "Give the two sides as text: dates: ['2025-12-31', '2026-01-31'].");
}

function textCell(cell: unknown): string | null {
  return cell === null ? null : String(cell);
}
