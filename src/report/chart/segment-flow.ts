import { optionInvalid } from '../../core/index.js';
import { cellOf } from '../../columns/index.js';
import { SEGMENT_TEXTS, type Migration } from '../../rfm/index.js';
import type { Language } from '../format.js';
import { checkMigration } from '../results.js';
import { chartSetting, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { drawFlow } from './draw-flow.js';
import type { Move } from './flow-layout.js';

/** How {@link segmentFlow} is drawn. */
export interface FlowOptions extends ChartOptions {
  /** own names by segment key: `{ champions: 'VIP' }`; others are named in the language of the chart */
  readonly labels?: Readonly<Record<string, string>>;
  /** what to write over the two sides, dates for example: `['2025-12-31', '2026-01-31']` */
  readonly dates?: readonly [before: string, after: string];
}

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
  return drawFlow(setting, { title: words.flow.title, before, after, moves, order, name, values: counts });
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
