import { notThisResult } from '../../core/index.js';
import { cellOf, isTable, numbersOf } from '../../columns/index.js';
import { LOYALTY_CELLS, type LoyaltyMatrix } from '../../loyalty/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { loyaltyWords } from './loyalty-words.js';
import { COLORS } from './theme.js';

const CELL_COLORS: readonly string[] = [COLORS.blue, COLORS.green, COLORS.orange, '#8c959f'];
/** More customers than that are drawn by every so-manieth. */
const MOST = 1500;

/**
 * The loyalty matrix: customers by attitude and patronage, in four cells with their number and share.
 *
 * Of more than 1500 customers every so-manieth is drawn; numbers are of all.
 *
 * @param found a result of `loyaltyMatrix`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.loyaltyMatrix(loyaltyMatrix(answers));
 *
 * O(customers).
 */
export function loyaltyMatrix(found: LoyaltyMatrix, options: ChartOptions = {}): Chart {
  const where = 'loyaltyMatrix';
  const setting = chartSetting(where, options);
  if (typeof found !== 'object' || found === null || !isTable(found.table) || !isTable(found.cells) || typeof found.cuts !== 'object') throw notThisResult(where, found, 'a result of loyaltyMatrix', 'Pass what loyaltyMatrix(data) returned.');
  const { table, cells, cuts } = found;
  const words = loyaltyWords(setting.language).matrix;
  if (table.numRows === 0) return emptyChart(setting, words.title);
  const formats = formatsOf(setting.locale);
  const [attitude, patronage] = [numbersOf(where, table, 'attitude'), numbersOf(where, table, 'patronage')];
  const step = Math.ceil(table.numRows / MOST);
  const keys = table.column('type');
  const values = Array.from({ length: Math.ceil(table.numRows / step) }, (_, k) => k * step).map((i) => ({ attitude: attitude[i], patronage: patronage[i], type: words.cells[String(cellOf(keys, i)) as keyof typeof words.cells] }));
  const domains = { attitude: roomFor(attitude, cuts.attitude), patronage: roomFor(patronage, cuts.patronage) };
  const x = { field: 'patronage', type: 'quantitative', title: words.patronage, scale: { domain: domains.patronage, nice: false, zero: false }, axis: { grid: false, tickCount: 6 } };
  const y = { field: 'attitude', type: 'quantitative', title: words.attitude, scale: { domain: domains.attitude, nice: false, zero: false }, axis: { grid: false, tickCount: 6 } };
  const counts = numbersOf(where, cells, 'customers'), shares = numbersOf(where, cells, 'share');
  // True loyalty stands top right, latent top left, spurious bottom right, none bottom left.
  const corners = LOYALTY_CELLS.map((key, k) => ({ text: [words.cells[key], `${formats.count(counts[k]!)} · ${formats.percent(shares[k]!)}`], right: k === 0 || k === 2, top: k < 2 }));
  const rule = { type: 'rule', color: '#8c959f', strokeDash: [4, 4], tooltip: null, aria: false };
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(table.numRows), step === 1 ? undefined : formats.count(values.length)),
    height: 460,
    values: cells.select(cells.names.filter((name) => name !== 'action')),
    view: {
      layer: [
        { data: { values: [{ patronage: cuts.patronage }] }, mark: rule, encoding: { x } },
        { data: { values: [{ attitude: cuts.attitude }] }, mark: rule, encoding: { y } },
        {
          data: { values }, mark: { type: 'point', filled: true, size: values.length > 300 ? 24 : 50, opacity: 0.55, tooltip: true },
          encoding: { x, y, color: { field: 'type', type: 'nominal', scale: { domain: LOYALTY_CELLS.map((key) => words.cells[key]), range: CELL_COLORS }, legend: null }, tooltip: [{ field: 'type', title: words.type }, { field: 'attitude', title: words.attitude, format: ',.3~f' }, { field: 'patronage', title: words.patronage, format: ',.3~f' }] },
        },
        ...corners.map(({ text, right, top }, k) => ({
          data: { values: [{ patronage: domains.patronage[right ? 1 : 0], attitude: domains.attitude[top ? 1 : 0] }] },
          mark: { type: 'text', text, align: right ? 'right' : 'left', baseline: top ? 'top' : 'bottom', dx: right ? -6 : 6, dy: top ? 6 : -22, lineHeight: 16, fontSize: 13, fontWeight: 600, color: k === 3 ? COLORS.pale : CELL_COLORS[k], stroke: null, tooltip: null },
          encoding: { x, y },
        })),
      ],
    },
  });
}

/** A domain that holds all values and the cut, with room at both ends for the words. */
function roomFor(values: Float64Array, cut: number): readonly [number, number] {
  let low = cut, high = cut;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = high > low ? (high - low) * 0.16 : Math.max(0.5, Math.abs(high) * 0.1);
  return [low - room, high + room];
}
