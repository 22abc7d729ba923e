import { checkKeys, cleanDiagnostics, ClienteleError, withWarnings, type Warning } from '../core/index.js';
import { numbersOf, type TableInput } from '../columns/index.js';
import { freezeModel } from './freeze-model.js';
import { FIT_OPTIONS, maximizeLikelihood, type FitOptions } from './maximize-likelihood.js';
import { KERNEL_LENGTH, likelihoodGroups, type LikelihoodGroup, type LikelihoodKernel } from './likelihood.js';
import { mergeRows, type MergedRows } from './merge-rows.js';
import { coefficientNames, checkTimeUnit } from './model-from.js';
import { isDiscrete, PARAMETERS, type CovariateNames, type Model, type PurchaseKind, type TimeUnit } from './model.js';
import { customerName, purchaseRows, type PurchaseRows } from './purchase-rows.js';
import { purchaseWarnings } from './purchase-warnings.js';

export interface PurchaseFitOptions extends FitOptions {
  /** unit of the model's times, and of plain columns: `'week'` by default, `'period'` for BG/BB */
  readonly timeUnit?: TimeUnit;
  /** numeric columns of the same data that shift the purchase rate and the lifetime (BG/NBD and Pareto/NBD) */
  readonly covariates?: Partial<CovariateNames>;
}

/** Names of these options. */
export const PURCHASE_FIT_OPTIONS: readonly string[] = [...FIT_OPTIONS, 'timeUnit', 'covariates'];

/** How a kind of model is fitted. */
export interface PurchaseRecipe<K extends PurchaseKind> {
  readonly where: string;
  readonly kind: K;
  readonly kernel: LikelihoodKernel;
  /** parameters to start from, of the data's totals */
  readonly start: (totals: Totals) => readonly [number, number, number, number];
  /** which parameters are times, to be measured against the longest tenure */
  readonly times: readonly [boolean, boolean, boolean, boolean];
  /** change of each parameter's logarithm per unit of a purchases covariate times its coefficient; absent = no covariates */
  readonly purchasesLoad?: readonly [number, number, number, number];
  readonly lifetimeLoad?: readonly [number, number, number, number];
}

/** Weighted totals of the data, for starting values. */
export interface Totals {
  readonly customers: number;
  readonly repeats: number;
  readonly tenure: number;
  readonly longest: number;
}

/** Fit a purchase model: read and check, merge equal rows, maximize, report. */
export function fitPurchases<K extends PurchaseKind>(recipe: PurchaseRecipe<K>, input: TableInput, options: PurchaseFitOptions): Model<K> {
  const { where, kind } = recipe;
  checkKeys(where, options, PURCHASE_FIT_OPTIONS);
  const timeUnit = checkTimeUnit(where, kind, options.timeUnit ?? (isDiscrete(kind) ? 'period' : 'week'));
  const covariates = covariateNames(recipe, options.covariates);
  const rows = purchaseRows(where, input, timeUnit);
  const covariateColumns = covariates === undefined ? [] : [...covariates.lifetime, ...covariates.purchases].map((name) => covariateColumn(where, rows, name));
  const merged = mergeRows([rows.repeats, rows.span, rows.tenure, ...covariateColumns], rows.weight);
  const totals = totalsOf(merged);
  checkEnough(where, merged, totals);

  const names = [...PARAMETERS[kind], ...(covariates === undefined ? [] : coefficientNames(covariates))];
  const groups = likelihoodGroups(merged, covariates?.lifetime.length ?? 0, covariates?.purchases.length ?? 0);
  const { fitted, warnings } = maximizeLikelihood({
    where, names, positive: 4, customers: totals.customers,
    start: [...recipe.start(totals), ...names.slice(4).map(() => 0)],
    sizes: names.map((_, i) => (recipe.times[i] === true ? totals.longest : 1)),
    evaluate: (natural, gradient, hessian) => sumOverGroups(recipe, groups, natural, gradient, hessian),
  }, options);
  const said: Warning[] = [...warnings, ...purchaseWarnings(where, kind, merged, totals, timeUnit)];
  const diagnostics = withWarnings(cleanDiagnostics(rows.n), said);
  return freezeModel<K>({
    kind, version: 1, meta: rows.meta, timeUnit, ...fitted, ...(covariates === undefined ? {} : { covariates }),
    diagnostics: rows.without === 0 ? diagnostics : { ...diagnostics, rows: { ...diagnostics.rows, used: rows.n - rows.without, leftOut: { 'no-purchase': rows.without } } },
  });
}

function covariateNames(recipe: PurchaseRecipe<PurchaseKind>, given: Partial<CovariateNames> | undefined): CovariateNames | undefined {
  if (given === undefined) return undefined;
  const { where } = recipe;
  checkKeys(where, given, ['purchases', 'lifetime']);
  if (recipe.purchasesLoad === undefined) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'covariates' }, `${recipe.kind} takes no covariates.`, 'Use fitParetoNbd or fitBgNbd.');
  }
  return { purchases: given.purchases ?? [], lifetime: given.lifetime ?? [] };
}

/** A covariate's column, missing values refused. */
export function covariateColumn(where: string, rows: Pick<PurchaseRows, 'table' | 'n'>, name: string): Float64Array {
  const values = numbersOf(where, rows.table, name);
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row === -1) return values;
  throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `${customerName(rows.table, row)}: covariate ${name} is ${values[row]}.`, 'Give a finite number for every customer; categories as 0/1 columns.');
}

function totalsOf(merged: MergedRows): Totals {
  const totals = { customers: 0, repeats: 0, tenure: 0, longest: 0 };
  for (let i = 0; i < merged.n; i++) {
    totals.customers += merged.weight[i]!;
    totals.repeats += merged.weight[i]! * merged.columns[0]![i]!;
    totals.tenure += merged.weight[i]! * merged.columns[2]![i]!;
    totals.longest = Math.max(totals.longest, merged.columns[2]![i]!);
  }
  return totals;
}

function checkEnough(where: string, merged: MergedRows, totals: Totals): void {
  if (merged.n < 2) throw new ClienteleError('VALUE_INVALID', { where }, `there ${merged.n === 0 ? 'are no customers' : 'is only one distinct customer'} to learn from.`, 'Pass customers that differ in repeats, span or tenure.');
  if (totals.repeats === 0) throw new ClienteleError('VALUE_INVALID', { where, column: 'repeats' }, `none of the ${totals.customers} customers bought a second time.`, 'A purchase model learns from repeat purchases: extend the period, or count purchases by day.');
}

/** Log-likelihood of all groups, its derivatives carried over to logarithms and coefficients. */
function sumOverGroups(recipe: PurchaseRecipe<PurchaseKind>, groups: readonly LikelihoodGroup[], natural: Float64Array, gradient: Float64Array, hessian: Float64Array): number {
  const n = natural.length;
  const local = new Float64Array(4);
  const out = new Float64Array(KERNEL_LENGTH);
  const design = new Float64Array(4 * n);
  const gl = new Float64Array(4), hl = new Float64Array(16);
  let value = 0;
  for (const group of groups) {
    const lifetimes = group.lifetime.length;
    for (let p = 0; p < 4; p++) {
      let shift = 0;
      for (let c = 4; c < n; c++) {
        const load = c - 4 < lifetimes ? recipe.lifetimeLoad![p]! * group.lifetime[c - 4]! : recipe.purchasesLoad![p]! * group.purchases[c - 4 - lifetimes]!;
        design[p * n + c] = load;
        shift += load * natural[c]!;
      }
      design[p * n + p] = 1;
      local[p] = natural[p]! * Math.exp(shift);
    }
    out.fill(0);
    recipe.kernel(group, local, out);
    value += out[0]!;
    for (let p = 0, k = 5; p < 4; p++) {
      gl[p] = local[p]! * out[1 + p]!;
      for (let q = p; q < 4; q++, k++) hl[p * 4 + q] = hl[q * 4 + p] = local[p]! * local[q]! * out[k]! + (p === q ? gl[p]! : 0);
    }
    for (let i = 0; i < n; i++) {
      for (let p = 0; p < 4; p++) {
        const d = design[p * n + i]!;
        if (d === 0) continue;
        gradient[i]! += d * gl[p]!;
        for (let j = 0; j < n; j++) for (let q = 0; q < 4; q++) hessian[i * n + j]! += d * hl[p * 4 + q]! * design[q * n + j]!;
      }
    }
  }
  return value;
}
