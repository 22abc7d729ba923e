import { choleskyInPlace, choleskySolve } from './cholesky.js';

/** Relative rounding error of a sum over a million customers, generously: gains below it say nothing. */
const NOISE = 1e-12;

/** A function to maximize: returns its value, fills gradient (n) and the full symmetric Hessian (n × n, row by row). */
export type SmoothFunction = (at: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;

export interface NewtonOptions {
  /** most evaluations of the function, default 200 */
  readonly maxIterations?: number;
  /** largest change of one coordinate in a step, default 2 */
  readonly longestStep?: number;
  /** called after each evaluation; throwing from it stops the search */
  readonly onStep?: (evaluations: number, value: number) => void;
}

export interface Maximum {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** n × n, row by row */
  readonly hessian: Float64Array;
  readonly iterations: number;
  /** true where a full Newton step would change no coordinate by more than 1e-9, or gain nothing but rounding */
  readonly converged: boolean;
}

/**
 * Maximize a smooth function by Newton's method with its exact second derivatives.
 *
 * Where the Hessian is not negative definite, or a step does not climb, it is damped (Levenberg-Marquardt), so the
 * search climbs from anywhere and converges quadratically near the top. Values that are not finite count as a step
 * too far.
 *
 * @param evaluate the function; coordinates should have a natural scale near 1 (logarithms of parameters have)
 * @param start n coordinates where the function is finite; not modified
 * @returns the best point found
 *
 * Method: Nocedal & Wright (2006), sections 3.4 and 10.3. One evaluation per iteration, O(n³) besides.
 */
export function maximizeNewton(evaluate: SmoothFunction, start: Float64Array, options: NewtonOptions = {}): Maximum {
  const { maxIterations = 200, longestStep = 2, onStep } = options;
  const n = start.length;
  let at = start.slice();
  let gradient = new Float64Array(n);
  let hessian = new Float64Array(n * n);
  let value = evaluate(at, gradient, hessian);
  let nextGradient = new Float64Array(n);
  let nextHessian = new Float64Array(n * n);
  let damping = 0;
  let iterations = 1;
  let converged = false;
  let before = Infinity;
  let idle = 0;
  onStep?.(iterations, value);

  while (iterations < maxIterations) {
    const found = dampedStep(gradient, hessian, damping, longestStep);
    damping = found.damping;
    const { step, predicted } = found;
    const largest = step.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
    // Done where a whole step is negligible, or small and no longer shrinking: what is left is rounding in the gradient.
    if (damping === 0 && (largest < 1e-9 || (largest < 1e-6 && largest > before / 4))) {
      converged = true;
      break;
    }
    before = damping === 0 ? largest : Infinity;
    // A function that only flattens towards infinity: nothing is left to gain however far the next steps go.
    idle = predicted < NOISE * (1 + Math.abs(value)) ? idle + 1 : 0;
    if (idle > 4) {
      converged = true;
      break;
    }
    const next = at.map((x, i) => x + step[i]!);
    const nextValue = evaluate(next, nextGradient, nextHessian);
    iterations++;
    onStep?.(iterations, nextValue);
    const noise = NOISE * (1 + Math.abs(value));
    const gain = nextValue - value;
    if (gain >= -noise && allFinite(nextGradient) && allFinite(nextHessian)) {
      at = next;
      value = nextValue;
      [gradient, nextGradient] = [nextGradient, gradient];
      [hessian, nextHessian] = [nextHessian, hessian];
      if (gain > 0.7 * predicted || predicted < noise) damping = damping > 1e-6 ? damping / 8 : 0;
      else if (gain < 0.2 * predicted) damping = Math.max(damping * 2, 1e-6 * scaleOf(hessian, n));
      // Below the noise of the value, Newton's own step decides: one more full step, then the end.
      if (largest < 1e-5 && damping < 1e-6) damping = 0;
    } else {
      damping = Math.max(damping * 6, 1e-3 * scaleOf(hessian, n));
      if (damping > 1e12 * (1 + scaleOf(hessian, n))) break;
    }
  }
  return { at, value, gradient, hessian, iterations, converged };
}

/** The step of (damping - hessian) step = gradient, damped further until it is defined, cut to the longest allowed. */
function dampedStep(gradient: Float64Array, hessian: Float64Array, from: number, longest: number): { step: Float64Array; damping: number; predicted: number } {
  const n = gradient.length;
  let damping = from;
  for (;;) {
    const factor = hessian.map((h, k) => (k % (n + 1) === 0 ? damping - h : -h));
    if (choleskyInPlace(factor, n)) {
      const step = gradient.slice();
      choleskySolve(factor, n, step);
      const largest = step.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
      if (largest < Infinity) {
        if (largest > longest) for (let i = 0; i < n; i++) step[i]! *= longest / largest;
        let predicted = 0;
        for (let i = 0; i < n; i++) {
          predicted += gradient[i]! * step[i]!;
          for (let j = 0; j < n; j++) predicted += 0.5 * step[i]! * hessian[i * n + j]! * step[j]!;
        }
        return { step, damping, predicted };
      }
    }
    damping = Math.max(damping * 4, 1e-4 * scaleOf(hessian, n));
  }
}

function scaleOf(hessian: Float64Array, n: number): number {
  let most = 1e-12;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(hessian[i * (n + 1)]!));
  return most;
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}
