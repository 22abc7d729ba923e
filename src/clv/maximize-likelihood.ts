import { ClienteleError, optionInvalid, type Warning } from '../core/index.js';
import { inverseSymmetric, maximizeNewton, type Maximum } from '../math/index.js';

/** Options every fit understands. */
export interface FitOptions {
  /** strength λ >= 0 of a penalty λ·Σθ² on the mean log-likelihood, 0 by default; for a likelihood too flat to fit */
  readonly penalty?: number;
  /** parameters to start from, by name; found from the data where absent */
  readonly start?: Readonly<Record<string, number>>;
  /** most evaluations of the likelihood, 200 by default */
  readonly maxIterations?: number;
  /** called after each evaluation; throwing from it stops the fit */
  readonly onProgress?: (done: { readonly evaluations: number; readonly logLikelihood: number }) => void;
}

export const FIT_OPTIONS = ['penalty', 'start', 'maxIterations', 'onProgress'] as const;

/** A likelihood to maximize over the logarithms of its parameters and, behind them, coefficients as they are. */
export interface LikelihoodProblem {
  readonly where: string;
  readonly names: readonly string[];
  /** how many of the names are parameters > 0; the rest are coefficients */
  readonly positive: number;
  /** natural values to start from, in the order of names */
  readonly start: readonly number[];
  /** what each value is divided by for the penalty and for the warning about edges: its natural size */
  readonly sizes: readonly number[];
  /** customers, by weight */
  readonly customers: number;
  /** total log-likelihood; adds gradient and full Hessian by the logarithms of the parameters (coefficients as they are) */
  readonly evaluate: (natural: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;
}

/** What a fit adds to a model. */
export interface Fitted {
  readonly params: Record<string, number>;
  readonly logLikelihood: number;
  readonly standardErrors?: Record<string, number>;
  readonly covariance?: number[][];
  readonly covarianceOfLogs?: number[][];
  readonly gradient: Record<string, number>;
  readonly iterations: number;
  readonly converged: boolean;
  readonly customers: number;
  readonly penalty?: number;
}

/** Maximize a likelihood: the fit, its uncertainty, and what should be said about it. */
export function maximizeLikelihood(problem: LikelihoodProblem, options: FitOptions): { fitted: Fitted; warnings: Warning[] } {
  const { where, names, positive, sizes, customers } = problem;
  const { penalty = 0, maxIterations = 200, onProgress } = options;
  if (!(penalty >= 0 && penalty < Infinity)) throw optionInvalid(where, 'penalty', penalty, 'Give a number >= 0, such as 0.001.');
  if (!(Number.isInteger(maxIterations) && maxIterations > 0)) throw optionInvalid(where, 'maxIterations', maxIterations, 'Give a whole number above 0.');
  const n = names.length;
  const natural = new Float64Array(n);
  const toNatural = (at: Float64Array): void => at.forEach((v, i) => (natural[i] = i < positive ? Math.exp(v) : v));
  const penalized = (at: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    gradient.fill(0);
    hessian.fill(0);
    toNatural(at);
    let value = problem.evaluate(natural, gradient, hessian) / customers;
    for (let i = 0; i < n; i++) gradient[i]! /= customers;
    for (let k = 0; k < n * n; k++) hessian[k]! /= customers;
    if (penalty > 0) {
      for (let i = 0; i < n; i++) {
        const size = penalty * (natural[i]! / sizes[i]!) ** 2;
        const log = i < positive;
        value -= size;
        gradient[i]! -= log ? 2 * size : (2 * penalty * natural[i]!) / sizes[i]! ** 2;
        hessian[i * (n + 1)]! -= log ? 4 * size : (2 * penalty) / sizes[i]! ** 2;
      }
    }
    return value;
  };
  const start = startingPoint(problem, options.start);
  const maximum = maximizeNewton(penalized, start, { maxIterations, onStep: (evaluations, value) => onProgress?.({ evaluations, logLikelihood: value * customers }) });
  toNatural(maximum.at);
  const logLikelihood = problem.evaluate(natural, new Float64Array(n), new Float64Array(n * n));
  if (!Number.isFinite(logLikelihood)) throw new ClienteleError('VALUE_INVALID', { where }, 'the likelihood of these data is not finite at the start.', 'Check the units of the times, or give start values.');
  const byName = (values: ArrayLike<number>): Record<string, number> => Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  const fitted: Fitted = {
    params: byName(natural), logLikelihood, ...uncertainty(maximum, natural, positive, customers, byName),
    gradient: byName(maximum.gradient), iterations: maximum.iterations, converged: maximum.converged, customers, ...(penalty > 0 ? { penalty } : {}),
  };
  return { fitted, warnings: fitWarnings(problem, fitted) };
}

function startingPoint(problem: LikelihoodProblem, given: Readonly<Record<string, number>> | undefined): Float64Array {
  const { where, names, positive, start } = problem;
  for (const name of Object.keys(given ?? {})) if (!names.includes(name)) throw optionInvalid(where, `start.${name}`, given?.[name], `The parameters are ${names.join(', ')}.`);
  return Float64Array.from(names, (name, i) => {
    const value = given?.[name] ?? start[i]!;
    if (!Number.isFinite(value) || (i < positive && value <= 0)) throw optionInvalid(where, `start.${name}`, value, i < positive ? 'Give a number > 0.' : 'Give a finite number.');
    return i < positive ? Math.log(value) : value;
  });
}

type Uncertainty = Pick<Fitted, 'standardErrors' | 'covariance' | 'covarianceOfLogs'>;

/** Inverse of the information at the optimum, for the logarithms and by the delta method for the parameters; nothing where it is singular. */
function uncertainty(maximum: Maximum, natural: Float64Array, positive: number, customers: number, byName: (values: ArrayLike<number>) => Record<string, number>): Uncertainty {
  const n = natural.length;
  const inverse = inverseSymmetric(maximum.hessian.map((h) => -h * customers), n);
  if (inverse === undefined || !inverse.every(Number.isFinite)) return {};
  const scale = (i: number): number => (i < positive ? natural[i]! : 1);
  const matrix = (factor: (i: number, j: number) => number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => inverse[i * n + j]! * factor(i, j)));
  const covariance = matrix((i, j) => scale(i) * scale(j));
  const covarianceOfLogs = matrix(() => 1);
  if (![...covariance.flat(), ...covarianceOfLogs.flat()].every(Number.isFinite)) return {};
  return { standardErrors: byName(covariance.map((row, i) => Math.sqrt(row[i]!))), covariance, covarianceOfLogs };
}

function fitWarnings(problem: LikelihoodProblem, fitted: Fitted): Warning[] {
  const { where, names, positive, sizes } = problem;
  const warnings: Warning[] = [];
  if (!fitted.converged) {
    warnings.push({ code: 'NOT_CONVERGED', message: `${where} stopped after ${fitted.iterations} evaluations (log-likelihood ${fitted.logLikelihood.toFixed(1)}). Raise maxIterations, give start values, or a small penalty such as 0.001.` });
  }
  // At an edge: out of any proportion, or known to no better than a factor of e^10.
  const atEdge = names.filter((name, i) => i < positive && (!(fitted.params[name]! / sizes[i]! > 1e-4 && fitted.params[name]! / sizes[i]! < 1e4) || Math.sqrt(fitted.covarianceOfLogs?.[i]?.[i] ?? 0) > 10));
  if (atEdge.length > 0 || fitted.covariance === undefined) {
    const which = atEdge.length > 0 ? `${atEdge.map((name) => `${name} = ${fitted.params[name]!.toPrecision(3)}`).join(', ')} ${atEdge.length > 1 ? 'are' : 'is'} at the edge` : 'the likelihood is flat at the optimum';
    warnings.push({ code: 'PARAMETER_AT_EDGE', message: `${where}: ${which}; the data hold too little about it, and standard errors mean little. Use a simpler model, more data, or a penalty.` });
  }
  return warnings;
}
