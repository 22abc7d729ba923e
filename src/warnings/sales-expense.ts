import { checkKeys, checkWord, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, table, type Showable, type TableInput } from '../columns/index.js';
import { finiteColumn, textCells } from './operations-input.js';
import { operationWarnings } from './operation-warnings.js';
import { showOperation, type OperationResult } from './sales-progress.js';
import { rankOf, type Levels } from './severity.js';
import type { Language } from './words.js';

export interface SalesExpenseOptions {
  /** share of the budget's period that has passed, above 0, at most 1; 1 by default */
  readonly share?: number;
  /** expense / budget above which it is watch, warn, critical, by ratio or by amount; [1.05, 1.15, 1.3] by default */
  readonly levels?: Levels;
  readonly labels?: Language;
}

/**
 * Sales expense against budget (销售费用预警): as a share of sales, and as an amount.
 *
 * Both are looked at, because low sales hide behind an amount on budget, and high sales behind a ratio on budget.
 *
 * @param data one row per subject: customer, expense and sales to date, budgetExpense and budgetSales of the period; not modified
 * @returns `table`: customer, expense, sales, ratio (missing without sales), budgetRatio, ratioUse, amountUse; `warnings`
 * @throws ClienteleError `VALUE_INVALID` for a budget of 0 or less, by row; `OPTION_INVALID`; `COLUMN_MISSING`
 * @example
 * salesExpense({ customer: ['north'], expense: [60], sales: [400], budgetExpense: [100], budgetSales: [1000] }, { share: 0.5 });
 * // ratio 0.15 against 0.1: ratioUse 1.5, critical; amountUse 1.2
 */
export function salesExpense(data: TableInput, options: SalesExpenseOptions = {}): OperationResult & Showable {
  const where = 'salesExpense';
  checkKeys(where, options, ['share', 'levels', 'labels']);
  const { share = 1, levels = [1.05, 1.15, 1.3] as const } = options;
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  if (!(typeof share === 'number' && share > 0 && share <= 1)) throw optionInvalid(where, 'share', share, 'Give the share of the period passed, above 0 and at most 1.');
  const source = asTable(where, data);
  const ids = textCells(where, source, 'customer');
  const [expense, sales, budgetExpense, budgetSales] = ['expense', 'sales', 'budgetExpense', 'budgetSales'].map((name) => finiteColumn(where, source, name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (const [name, column] of [['budgetExpense', budgetExpense], ['budgetSales', budgetSales]] as const) {
    const row = column.findIndex((b) => b <= 0);
    if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(column[row]) }, `${name} in row ${row} is ${column[row]}.`, 'Give a budget above 0, or leave the row out.');
  }
  const ratio = expense.map((e, i) => (sales[i]! > 0 ? e / sales[i]! : NaN));
  const budgetRatio = budgetExpense.map((e, i) => e / budgetSales[i]!);
  const ratioUse = ratio.map((r, i) => (Number.isNaN(r) ? (expense[i]! > 0 ? Infinity : NaN) : r / budgetRatio[i]!)), amountUse = expense.map((e, i) => e / (budgetExpense[i]! * share));
  return showOperation({
    table: table({ customer: ids, expense, sales, ratio, budgetRatio, ratioUse, amountUse }),
    warnings: operationWarnings(ids.flatMap((customer, i) => ([['sales-expense-ratio', ratioUse[i]!], ['sales-expense-amount', amountUse[i]!]] as const).map(([rule, use]) => {
      const rank = rankOf(use, levels, 'high');
      const words = labels === 'en' ? `expense ${expense[i]!.toFixed(0)} is ${use.toFixed(2)} times its budget ${rule.endsWith('ratio') ? 'as a share of sales' : 'to date'}` : `费用 ${expense[i]!.toFixed(0)}，为预算${rule.endsWith('ratio') ? '费用率' : '进度'}的 ${use.toFixed(2)} 倍`;
      return { customer, rule, rank, value: use, limit: rank === 0 ? NaN : levels[rank - 1]!, base: 1, reason: words, moneyAtStake: Math.max(0, expense[i]! - (rule.endsWith('ratio') ? budgetRatio[i]! * sales[i]! : budgetExpense[i]! * share)) };
    }))),
  });
}
