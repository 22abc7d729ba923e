import type { Table } from '../../columns/index.js';
import { formatsOf } from '../format.js';
import { cutText, textWidth } from '../text-width.js';
import { makeChart, type Chart, type ChartSetting } from './chart.js';
import { flowLayout, type Move } from './flow-layout.js';
import { COLORS } from './theme.js';

const CHANGE_COLORS: Readonly<Record<string, string>> = { upgrade: COLORS.blue, downgrade: COLORS.vermillion, same: COLORS.gray, unranked: '#8c959f', entered: COLORS.green, left: COLORS.purple };
const LONGEST = 0.36;      // most of the width that the names of one side may take

/** What flows, and what its sides and nodes are called. */
export interface FlowParts {
  readonly title: string;
  /** over the two sides */
  readonly before: string;
  readonly after: string;
  readonly moves: readonly Move[];
  /** keys from top to bottom */
  readonly order: readonly string[];
  readonly name: (key: string | null, side: 'from' | 'to') => string;
  /** the same as a table */
  readonly values: Table;
}

/** Draw moves between two dates as bands. */
export function drawFlow(setting: ChartSetting, { title, before, after, moves, order, name, values }: FlowParts): Chart {
  const { words } = setting;
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
  const down = { type: 'quantitative', axis: null, scale: { domain: [-0.08, 1], reverse: true, nice: false, zero: false } };
  const side = (which: 'from' | 'to', align: string, dx: number): object => ({
    data: { values: nodes.filter((node) => node.side === which) },
    mark: { type: 'text', align, baseline: 'middle', dx, tooltip: null },
    encoding: { x: { datum: which === 'from' ? 0 : 1, ...across }, y: { field: 'labelAt', ...down }, text: { field: 'text', type: 'nominal' } },
  });
  return makeChart(setting, {
    title,
    subtitle: `${before} → ${after}`,
    height,
    values,
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
          encoding: { x: { field: 'x', ...across }, y: { datum: -0.065, ...down }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  });
}
