import { checkWhole } from '../../core/index.js';
import { cellOf, numbersOf, type Table } from '../../columns/index.js';
import type { AssociationRules } from '../../basket/index.js';
import { formatsOf } from '../format.js';
import { cutText, textWidth } from '../text-width.js';
import { basketWords } from './basket-words.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { checkRules, LIFT_COLORS } from './rules-scatter.js';
import { COLORS } from './theme.js';

/** How {@link rulesGraph} is drawn. */
export interface RulesGraphOptions extends ChartOptions {
  /** most rules shown, those of the highest lift; 20 by default */
  readonly top?: number;
}

/**
 * Rules as arrows from what is bought (left) to what is bought with it (right): the thicker the surer, the darker the higher the lift.
 *
 * @param found a result of `associationRules`
 * @throws ClienteleError `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * charts.rulesGraph(associationRules(orders), { top: 12 });
 */
export function rulesGraph(found: AssociationRules, options: RulesGraphOptions = {}): Chart {
  const where = 'rulesGraph';
  const setting = chartSetting(where, options, ['top']);
  const top = checkWhole(where, 'top', options.top ?? 20, 1, 100);
  const words = basketWords(setting.language);
  const { table, meta } = checkRules(where, found);
  if (table.numRows === 0) return emptyChart({ ...setting, words: { ...setting.words, nothing: words.noRules } }, words.graph);

  const rules = table.head(top);
  const formats = formatsOf(setting.locale);
  const { left, right, height } = layout(rules);
  const confidence = numbersOf(where, rules, 'confidence'), lift = numbersOf(where, rules, 'lift');
  const arrows = Array.from({ length: rules.numRows }, (_, i) => {
    const [from, to] = [textOf(rules, 'antecedent', i), textOf(rules, 'consequent', i)];
    return { rule: `${from} → ${to}`, from: left.get(from)!, to: right.get(to)!, confidence: confidence[i]!, lift: lift[i]!, count: Number(cellOf(rules.column('count'), i)), width: 0.8 + 4 * confidence[i]! };
  }).map((arrow) => ({ ...arrow, say: `${arrow.rule}: ${words.confidence} ${formats.percent(arrow.confidence)}, ${words.lift} ${formats.count(arrow.lift)}` }));
  const nodes = [...[...left].map(([name, at]) => ({ name, at, x: 0 })), ...[...right].map(([name, at]) => ({ name, at, x: 1 }))].map((node) => ({ ...node, text: cutText(node.name, 12, setting.width * (node.x === 0 ? 0.44 : 0.3)) }));
  const widest = (x: number): number => 22 + Math.max(textWidth(x === 0 ? words.antecedent : words.consequent, 12, true), ...nodes.filter((node) => node.x === x).map((node) => textWidth(node.text, 12)));
  const inner = Math.max(80, setting.width - widest(0) - widest(1));
  const across = { type: 'quantitative', axis: null, scale: { domain: [-widest(0) / inner, 1 + widest(1) / inner], nice: false, zero: false } };
  const down = { type: 'quantitative', axis: null, scale: { domain: [-1.2, height], reverse: true, nice: false, zero: false } };
  const side = (x: number): object => ({
    data: { values: [...nodes.filter((node) => node.x === x).map((node) => ({ ...node, weight: 400 })), { text: x === 0 ? words.antecedent : words.consequent, at: -0.9, x, weight: 600 }] },
    mark: { type: 'text', align: x === 0 ? 'right' : 'left', baseline: 'middle', dx: x === 0 ? -10 : 10, fontWeight: { expr: 'datum.weight' }, tooltip: null },
    encoding: { x: { field: 'x', ...across }, y: { field: 'at', ...down }, text: { field: 'text', type: 'nominal' } },
  });
  return makeChart(setting, {
    title: words.graph,
    subtitle: `${words.about(formats.count(table.numRows), formats.count(meta.baskets))}${rules.numRows < table.numRows ? `; ${words.best(formats.count(rules.numRows), formats.count(table.numRows))}` : ''}`,
    height: Math.round(150 + 26 * height),
    values: rules.select(['antecedent', 'consequent', 'support', 'confidence', 'lift']),
    view: {
      layer: [
        {
          data: { values: [...arrows].reverse() },
          transform: [{ calculate: 'sequence(0, 1.01, 0.1)', as: 't' }, { flatten: ['t'] }, { calculate: 'datum.from + (datum.to - datum.from) * datum.t * datum.t * (3 - 2 * datum.t)', as: 'at' }],
          mark: { type: 'line', interpolate: 'monotone', opacity: 0.85, strokeCap: 'round', tooltip: true },
          encoding: {
            x: { field: 't', ...across }, y: { field: 'at', ...down }, detail: { field: 'rule' }, description: { field: 'say', type: 'nominal' }, order: { field: 't', type: 'quantitative' },
            strokeWidth: { field: 'width', type: 'quantitative', scale: null, legend: null },
            color: { field: 'lift', type: 'quantitative', title: words.lift, scale: { range: LIFT_COLORS, zero: false }, legend: { orient: 'bottom', direction: 'horizontal', format: '.2~f', gradientLength: 180 } },
            tooltip: [{ field: 'rule', title: words.rule }, { field: 'confidence', title: words.confidence, format: '.1%' }, { field: 'lift', title: words.lift, format: '.2f' }, { field: 'count', title: words.baskets, format: ',d' }],
          },
        },
        {
          data: { values: nodes },
          mark: { type: 'point', filled: true, size: 50, opacity: 1, color: COLORS.ink, tooltip: null, aria: false },
          encoding: { x: { field: 'x', ...across }, y: { field: 'at', ...down } },
        },
        side(0), side(1),
      ],
    },
  });
}

function textOf(rules: Table, name: string, row: number): string {
  return String(cellOf(rules.column(name), row));
}

/** Places from the top: the right side by the mean place of its rules, the left by what it leads to, so that few lines cross. */
function layout(rules: Table): { left: Map<string, number>; right: Map<string, number>; height: number } {
  const rows = Array.from({ length: rules.numRows }, (_, i) => ({ from: textOf(rules, 'antecedent', i), to: textOf(rules, 'consequent', i) }));
  let froms = [...new Set(rows.map(({ from }) => from))], tos = [...new Set(rows.map(({ to }) => to))];
  const byMean = (names: readonly string[], own: 'from' | 'to', others: readonly string[]): string[] => {
    const mean = new Map(names.map((name) => {
      const linked = rows.filter((row) => row[own] === name).map((row) => others.indexOf(row[own === 'from' ? 'to' : 'from']));
      return [name, linked.reduce((a, b) => a + b, 0) / linked.length];
    }));
    return [...names].sort((a, b) => mean.get(a)! - mean.get(b)!);
  };
  for (let turn = 0; turn < 4; turn++) {
    froms = byMean(froms, 'from', tos);
    tos = byMean(tos, 'to', froms);
  }
  const height = Math.max(froms.length, tos.length);
  const spread = (names: readonly string[]): Map<string, number> => new Map(names.map((name, k) => [name, ((k + 0.5) * height) / names.length]));
  return { left: spread(froms), right: spread(tos), height };
}
