/** How well a churn model tells who leaves. */
export interface ChurnQuality {
  /** where the numbers come from: customers the fit did not see (`'cross-validated'`), or the same ones, which flatters */
  readonly by: 'cross-validated' | 'training';
  /** chance that a customer who left scores above one who stayed; 0.5 is a coin */
  readonly auc: number;
  /** mean squared distance of chance and outcome */
  readonly brier: number;
  /** customers in tenths by chance, highest first: mean chance against the share that left */
  readonly calibration: readonly { readonly customers: number; readonly predicted: number; readonly observed: number }[];
}

/** One column of the regression. */
export interface ChurnTerm {
  /** column of the data */
  readonly feature: string;
  /** of a text feature: the value that this term stands for, against the reference */
  readonly value?: string;
  /** change of the log-odds per unit of the feature, in its own unit */
  readonly coefficient: number;
  readonly standardError: number;
  /** mean and standard deviation of the column in the data of the fit */
  readonly mean: number;
  readonly sd: number;
  /** true where the term parts those who left from those who stayed: its coefficient has no finite maximum, and its size says nothing */
  readonly separated?: true;
}

/** What a churn fit learned, as plain JSON-safe data: made by `fitChurn`, read back by `loadChurnModel`. */
export interface ChurnModel {
  readonly kind: 'churn';
  readonly version: 1;
  readonly meta: {
    readonly customers: number;
    readonly churned: number;
    readonly ridge: number;
    readonly asOf?: string;
    readonly source?: string;
  };
  readonly intercept: number;
  readonly interceptError: number;
  readonly terms: readonly ChurnTerm[];
  /** the value of each text feature that its terms are compared with */
  readonly references: Readonly<Record<string, string>>;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly quality: ChurnQuality;
  readonly diagnostics: { readonly warnings: readonly { readonly code: string; readonly message: string }[] };
}

/** Models made or checked by this library; what they hold can be trusted because it cannot change. */
const trusted = new WeakSet<object>();

/** The model frozen in depth, and known as checked. */
export function freezeChurnModel(model: ChurnModel): ChurnModel {
  freeze(model);
  trusted.add(model);
  return model;
}

/** True for a model that `fitChurn` or `loadChurnModel` made. */
export function isTrustedChurn(model: unknown): model is ChurnModel {
  return typeof model === 'object' && model !== null && trusted.has(model);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
