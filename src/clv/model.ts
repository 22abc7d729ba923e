import { cleanDiagnostics, ClienteleError, valueText, type Diagnostics } from '../core/index.js';
import type { CustomersMeta } from '../transactions/index.js';

/** Models of purchases by customers without a contract: three in continuous time, one in periods. */
export type PurchaseKind = 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd' | 'bg-bb';
/** Models of renewals by customers with a contract. */
export type ContractKind = 'sbg' | 'bdw';
export type ModelKind = PurchaseKind | ContractKind | 'gamma-gamma';

/** What a model's times are counted in; `'period'` (a chance to buy or renew) for the discrete ones. */
export type TimeUnit = 'day' | 'week' | 'month' | 'year' | 'period';

/** Days in a unit: a month is a twelfth of 365.25 days. */
export const DAYS_PER_UNIT: Readonly<Record<Exclude<TimeUnit, 'period'>, number>> = { day: 1, week: 7, month: 30.4375, year: 365.25 };

/** Which parameters a model has, in the order of its covariance. */
export const PARAMETERS: Readonly<Record<ModelKind, readonly string[]>> = {
  'bg-nbd': ['r', 'alpha', 'a', 'b'],
  'mbg-nbd': ['r', 'alpha', 'a', 'b'],
  'pareto-nbd': ['r', 'alpha', 's', 'beta'],
  'bg-bb': ['alpha', 'beta', 'gamma', 'delta'],
  'gamma-gamma': ['p', 'q', 'v'],
  sbg: ['alpha', 'beta'],
  bdw: ['alpha', 'beta', 'c'],
};

/** From which customers a model was learned; `source: 'columns'` where from plain columns. */
export type ModelMeta = Partial<CustomersMeta> & { readonly source: string };

/** Names of the customer columns that shift a model: the purchase rate, and the rate of leaving. */
export interface CovariateNames {
  readonly purchases: readonly string[];
  readonly lifetime: readonly string[];
}

/**
 * What a fit learned, as plain JSON: `JSON.stringify` saves it, `loadBgNbdModel` and its kin read it back.
 *
 * What only a fit knows is absent from a model made of known parameters by `modelFrom`.
 */
export interface Model<K extends ModelKind = ModelKind> {
  readonly kind: K;
  readonly version: 1;
  readonly meta: ModelMeta;
  /** the unit of its times: of alpha and beta, of a number given as horizon, of plain columns */
  readonly timeUnit: TimeUnit;
  /** by name; coefficients of covariates as `'purchases.name'` and `'lifetime.name'` */
  readonly params: Readonly<Record<string, number>>;
  readonly covariates?: CovariateNames;
  /** sum over customers, in the model's time unit */
  readonly logLikelihood?: number;
  /** of the parameters; absent where the likelihood is flat at the optimum */
  readonly standardErrors?: Readonly<Record<string, number>>;
  /** of the parameters, rows and columns in the order of `params` */
  readonly covariance?: readonly (readonly number[])[];
  /** the same for the logarithms of the parameters (coefficients of covariates as they are) */
  readonly covarianceOfLogs?: readonly (readonly number[])[];
  /** of the mean log-likelihood (less the penalty) by the logarithms of the parameters, at the optimum */
  readonly gradient?: Readonly<Record<string, number>>;
  readonly iterations?: number;
  readonly converged?: boolean;
  /** customers it was fitted on, weights counted */
  readonly customers?: number;
  /** strength of the penalty it was fitted with, where there was one */
  readonly penalty?: number;
  readonly diagnostics: Diagnostics;
}

export type BgNbdModel = Model<'bg-nbd'>;
export type MbgNbdModel = Model<'mbg-nbd'>;
export type ParetoNbdModel = Model<'pareto-nbd'>;
export type BgBbModel = Model<'bg-bb'>;
export type GammaGammaModel = Model<'gamma-gamma'>;
export type SbgModel = Model<'sbg'>;
export type BdwModel = Model<'bdw'>;
export type PurchaseModel = Model<PurchaseKind>;
export type ContractModel = Model<ContractKind>;

/** True for the kinds that know periods only (Gamma-Gamma: purchases), no calendar. */
export function isDiscrete(kind: ModelKind): boolean {
  return kind !== 'bg-nbd' && kind !== 'mbg-nbd' && kind !== 'pareto-nbd';
}

/** Diagnostics of a model nobody fitted. */
export const NOT_FITTED: Diagnostics = cleanDiagnostics(0);

/** Every kind there is. */
export const ALL_KINDS: readonly ModelKind[] = Object.keys(PARAMETERS) as ModelKind[];

/**
 * Refuse a model of another kind than a function is for.
 *
 * @throws ClienteleError `MODEL_INVALID` naming what was given and what is needed
 */
export function checkKind<K extends ModelKind>(where: string, model: unknown, kinds: readonly K[]): Model<K> {
  if (typeof model === 'object' && model !== null && 'kind' in model && (kinds as readonly unknown[]).includes(model.kind)) return model as Model<K>;
  const given = typeof model === 'object' && model !== null && 'kind' in model ? `a model of kind ${valueText(model.kind)}` : valueText(model);
  throw new ClienteleError('MODEL_INVALID', { where, value: given }, `${given} cannot answer this.`, `Pass a model of kind ${kinds.map((k) => `'${k}'`).join(', ')}.`);
}

export const PURCHASE_KINDS: readonly PurchaseKind[] = ['bg-nbd', 'mbg-nbd', 'pareto-nbd', 'bg-bb'];
export const CONTRACT_KINDS: readonly ContractKind[] = ['sbg', 'bdw'];

/** One parameter of a model that was checked to have it. */
export function param(model: Model, name: string): number {
  return model.params[name]!;
}
