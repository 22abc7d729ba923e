import { checkKeys, checkWord, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, showableResult, table, type Showable, type Table, type TableInput } from '../columns/index.js';
import { finiteColumn, textCells } from './operations-input.js';
import { operationWarnings } from './operation-warnings.js';
import { rankOf, type Levels } from './severity.js';
import type { Language } from './words.js';

export interface SalesProgressOptions {
  /** share of the plan's period that has passed, in season-weighted sales rather than days: above 0, at most 1 */
  readonly share: number;
  /** actual / expected to date below which it is watch, warn, critical; [0.95, 0.85, 0.7] by default */
  readonly levels?: Levels;
  readonly labels?: Language;
}

/** Plans and what became of them, and the warnings among them; shows itself as both tables. */
export interface OperationResult {
  readonly table: Table;
  readonly warnings: Table;
}

/** The result, able to show itself. */
export function showOperation(result: OperationResult): OperationResult & Showable {
  const tables = result.warnings.numRows === 0 ? [result.table] : [result.table, result.warnings];
  return showableResult(result, { text: () => tables.map((one) => one.toString()).join('\n\n'), html: () => tables.map((one) => one.toHTML()).join('') });
}

/**
 * Sales against plan (销售进度预警): progress to date with the season's share, and the forecast at the end.
 *
 * @param data one row per customer, product or manager: customer (the subject), actual to date, plan of the whole period; not modified
 * @returns `table`: customer, actual, plan, expected, progress, forecast = actual / share, gap = forecast - plan; `warnings`
 *   in the shape of `warnings`, money at stake the gap
 * @throws ClienteleError `VALUE_INVALID` for a plan of 0 or less, by row; `OPTION_INVALID`; `COLUMN_MISSING`
 * @example
 * salesProgress({ customer: ['north'], actual: [300], plan: [1000] }, { share: 0.5 }).table.row(0).forecast;   // 600
 */
export function salesProgress(data: TableInput, options: SalesProgressOptions): OperationResult & Showable {
  const where = 'salesProgress';
  checkKeys(where, options, ['share', 'levels', 'labels']);
  const { share, levels = [0.95, 0.85, 0.7] as const } = options;
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  if (!(typeof share === 'number' && share > 0 && share <= 1)) throw optionInvalid(where, 'share', share, 'Give the share of the period passed, above 0 and at most 1; with seasons, the share of a normal year sold by now.');
  const source = asTable(where, data);
  const ids = textCells(where, source, 'customer');
  const [actual, plan] = [finiteColumn(where, source, 'actual'), finiteColumn(where, source, 'plan')];
  const zero = plan.findIndex((p) => p <= 0);
  if (zero >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: 'plan', row: zero, value: String(plan[zero]) }, `the plan in row ${zero} is ${plan[zero]}.`, 'Progress needs a plan above 0: leave the row out, or plan something.');
  const expected = plan.map((p) => p * share), progress = actual.map((a, i) => a / expected[i]!), forecast = actual.map((a) => a / share), gap = forecast.map((f, i) => f - plan[i]!);
  const percent = (x: number): string => `${(100 * x).toFixed(0)} %`;
  return showOperation({
    table: table({ customer: ids, actual, plan, expected, progress, forecast, gap }),
    warnings: operationWarnings(ids.map((customer, i) => {
      const rank = rankOf(progress[i]!, levels, 'low');
      const reason = labels === 'en' ? `${percent(progress[i]!)} of what was planned by now; ${forecast[i]!.toFixed(0)} of ${plan[i]!.toFixed(0)} forecast` : `进度 ${percent(progress[i]!)}，预计完成 ${forecast[i]!.toFixed(0)}，计划 ${plan[i]!.toFixed(0)}`;
      return { customer, rule: 'sales-progress', rank, value: progress[i]!, limit: rank === 0 ? NaN : levels[rank - 1]!, base: 1, reason, moneyAtStake: Math.max(0, -gap[i]!) };
    })),
  });
}
