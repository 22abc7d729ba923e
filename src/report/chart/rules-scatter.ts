import { checkWhole, notThisResult } from '../../core/index.js';
import { cellOf, isTable, numbersOf, type Table } from '../../columns/index.js';
import type { AssociationRules } from '../../basket/index.js';
import { formatsOf } from '../format.js';
import { cutText, textWidth } from '../text-width.js';
import { basketWords } from './basket-words.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';

/** How {@link rulesScatter} is drawn. */
export interface RulesScatterOptions extends ChartOptions {
  /** most rules shown, those of the highest lift; 1,000 by default */
  readonly top?: number;
}

/** Names written beside points; more would lie over one another. */
const NAMED = 5;

/**
 * Rules as points: how common (support), how sure (confidence), and how much more than chance (lift, the darker the more).
 *
 * @param found a result of `associationRules`
 * @throws ClienteleError `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * charts.rulesScatter(associationRules(orders));
 */
export function rulesScatter(found: AssociationRules, options: RulesScatterOptions = {}): Chart {
  const where = 'rulesScatter';
  const setting = chartSetting(where, options, ['top']);
  const top = checkWhole(where, 'top', options.top ?? 1000, 1, 5000);
  const words = basketWords(setting.language);
  const { table, meta } = checkRules(where, found);
  if (table.numRows === 0) return emptyChart({ ...setting, words: { ...setting.words, nothing: words.noRules } }, words.scatter);

  const rules = table.head(top);
  const [support, confidence, lift] = ['support', 'confidence', 'lift'].map((name) => numbersOf(where, rules, name)) as [Float64Array, Float64Array, Float64Array];
  const formats = formatsOf(setting.locale);
  const points = Array.from({ length: rules.numRows }, (_, i) => ({ rule: ruleText(rules, i), support: support[i]!, confidence: confidence[i]!, lift: lift[i]!, count: Number(cellOf(rules.column('count'), i)) }))
    .map((point) => ({ ...point, say: `${point.rule}: ${words.support} ${formats.percent(point.support)}, ${words.confidence} ${formats.percent(point.confidence)}, ${words.lift} ${formats.count(point.lift)}` }));
  const room = { x: padded(support, true), y: padded(confidence, false) };
  // Room beyond 100 % has no number.
  const axis = { format: '~%', tickCount: 5, labelExpr: "datum.value > 1 ? '' : datum.label" };
  const x = { field: 'support', type: 'quantitative', title: words.support, axis, scale: { type: room.x.log ? 'log' : 'linear', domain: room.x.domain, nice: false, ...(room.x.log ? {} : { zero: false }) } };
  const y = { field: 'confidence', type: 'quantitative', title: words.confidence, axis, scale: { domain: room.y.domain, nice: false, zero: false } };
  const named = namedPoints(points, room, setting.width);
  return makeChart(setting, {
    title: words.scatter,
    subtitle: `${words.about(formats.count(table.numRows), formats.count(meta.baskets))}${rules.numRows < table.numRows ? `; ${words.best(formats.count(rules.numRows), formats.count(table.numRows))}` : ''}`,
    height: 420,
    values: rules.select(['antecedent', 'consequent', 'support', 'confidence', 'lift']),
    view: {
      layer: [
        {
          // The highest lift is drawn last, on top.
          data: { values: [...points].reverse() },
          mark: { type: 'point', filled: true, size: 70, opacity: 0.9, stroke: '#ffffff', strokeWidth: 0.7, tooltip: true },
          encoding: {
            x, y, description: { field: 'say', type: 'nominal' },
            color: { field: 'lift', type: 'quantitative', title: words.lift, scale: { range: LIFT_COLORS, zero: false }, legend: { format: '.2~f', gradientLength: 180 } },
            tooltip: [{ field: 'rule', title: words.rule }, { field: 'support', title: words.support, format: '.2%' }, { field: 'confidence', title: words.confidence, format: '.1%' }, { field: 'lift', title: words.lift, format: '.2f' }, { field: 'count', title: words.baskets, format: ',d' }],
          },
        },
        // Names twice: a white border first, so that they can be read over points.
        ...(['left', 'right'] as const).flatMap((align) => [{ stroke: '#ffffff', strokeWidth: 3 }, {}].map((border) => ({
          data: { values: named.filter((point) => point.align === align) },
          mark: { type: 'text', align, baseline: 'middle', dx: align === 'left' ? 8 : -8, fontSize: 11, color: COLORS.ink, tooltip: null, aria: false, ...border },
          encoding: { x, y, text: { field: 'text', type: 'nominal' } },
        }))),
      ],
    },
  });
}

/** Lift from little to much; the lightest must still be seen on white. */
export const LIFT_COLORS: readonly string[] = ['#a9cde9', '#5b9fd1', '#1f6cb0', '#08396f'];

/** A rule as people read it. */
export function ruleText(rules: Table, row: number): string {
  return `${String(cellOf(rules.column('antecedent'), row))} → ${String(cellOf(rules.column('consequent'), row))}`;
}

/** Check that something is what `associationRules` returned. */
export function checkRules(where: string, found: unknown): AssociationRules {
  const given = found as Partial<AssociationRules> | null;
  if (typeof found === 'object' && given !== null && isTable(given.table) && ['antecedent', 'consequent', 'support', 'confidence', 'lift'].every((name) => given.table!.has(name)) && typeof given.meta === 'object') return found as AssociationRules;
  throw notThisResult(where, found, 'a result of associationRules', 'Pass what associationRules(orders) returned.');
}

interface Range {
  readonly domain: readonly [number, number];
  readonly log: boolean;
  /** 0 to 1 along the axis */
  at(value: number): number;
}

/** A range with room around the points, also where there is but one; by logarithms where they crowd near the low end. */
function padded(values: Float64Array, maybeLog: boolean): Range {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity), high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const log = maybeLog && high > 5 * low;
  const room = log ? Math.log(high / low) * 0.05 : (high - low) * 0.08 || high * 0.1;
  const domain: [number, number] = log ? [low * Math.exp(-room), high * Math.exp(room)] : [Math.max(0, low - room), high + (high === 1 ? 0.4 : 1) * room];
  const scaled = log ? Math.log : Number;
  return { domain, log, at: (value) => (scaled(value) - scaled(domain[0])) / (scaled(domain[1]) - scaled(domain[0])) };
}

interface Point {
  readonly rule: string;
  readonly support: number;
  readonly confidence: number;
}

/** The first points with their name where it lies over no other name, on the side where there is room. */
function namedPoints(points: readonly Point[], room: { x: Range; y: Range }, width: number): (Point & { text: string; align: 'left' | 'right' })[] {
  const inner = width - 150;
  const taken: { from: number; to: number; at: number }[] = [];
  const found: (Point & { text: string; align: 'left' | 'right' })[] = [];
  for (const point of points) {
    if (found.length === NAMED) break;
    const x = room.x.at(point.support) * inner, y = room.y.at(point.confidence) * 300;
    const align = x > inner / 2 ? 'right' : 'left';
    const text = cutText(point.rule, 11, Math.max(x, inner - x) - 12);
    const length = textWidth(text, 11) + 12;
    const [from, to] = align === 'left' ? [x, x + length] : [x - length, x];
    if (text === '' || taken.some((other) => Math.abs(other.at - y) < 16 && other.from < to && from < other.to)) continue;
    taken.push({ from, to, at: y });
    found.push({ ...point, text, align });
  }
  return found;
}
