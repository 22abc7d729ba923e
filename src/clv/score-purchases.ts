import { checkRecord, ClienteleError } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { engineOf, makeEngine, type PurchaseEngine } from './engine.js';
import { covariateColumn } from './fit-purchases.js';
import { pairMemory } from './memory.js';
import { param, type Model, type PurchaseKind } from './model.js';
import { purchaseRows, type PurchaseRows } from './purchase-rows.js';

/** One customer of a model in continuous time, in its time unit, with its covariates by name where it has some. */
export interface PurchaseRecord {
  readonly repeats: number;
  readonly span: number;
  readonly tenure: number;
  readonly covariates?: Readonly<Record<string, number>>;
}
/** One customer of BG/BB. */
export interface PeriodRecord {
  readonly repeats: number;
  readonly last: number;
  readonly periods: number;
}

/** A value per customer from repeats, span and tenure; customers without a purchase get NaN. */
export function scoreRows(where: string, model: Model<PurchaseKind>, customers: TableInput, score: (engine: PurchaseEngine, x: number, t: number, T: number) => number): Float64Array {
  const rows = purchaseRows(where, customers, model.timeUnit);
  const engineAt = enginesOf(where, model, rows);
  const out = new Float64Array(rows.n);
  const { repeats, span, tenure } = rows;
  for (let i = 0; i < rows.n; i++) out[i] = Number.isNaN(tenure[i]!) ? NaN : score(engineAt(i), repeats[i]!, span[i]!, tenure[i]!);
  return out;
}

/** P(alive) at the end of observation, per customer. */
export function aliveOf(where: string, model: Model<PurchaseKind>, rows: PurchaseRows): Float64Array {
  const out = new Float64Array(rows.n);
  const { repeats, span, tenure } = rows;
  if (model.covariates === undefined) engineOf(model).aliveColumn(repeats, span, tenure, out);
  else {
    const engineAt = enginesOf(where, model, rows);
    for (let i = 0; i < rows.n; i++) out[i] = Number.isNaN(tenure[i]!) ? NaN : engineAt(i).alive(repeats[i]!, span[i]!, tenure[i]!);
  }
  return out;
}

/** A factor that depends on repeats and tenure only, per customer, computed once for customers who share both; times `onto`. */
export function factorOf(where: string, model: Model<PurchaseKind>, rows: PurchaseRows, factor: (engine: PurchaseEngine, x: number, T: number) => number, onto: Float64Array): Float64Array {
  const out = new Float64Array(rows.n);
  const { repeats, tenure } = rows;
  if (model.covariates === undefined) {
    const engine = engineOf(model);
    const memory = pairMemory((x, T) => factor(engine, x, T));
    for (let i = 0; i < rows.n; i++) out[i] = Number.isNaN(tenure[i]!) ? NaN : onto[i]! * memory(repeats[i]!, tenure[i]!);
  } else {
    const engineAt = enginesOf(where, model, rows);
    for (let i = 0; i < rows.n; i++) out[i] = Number.isNaN(tenure[i]!) ? NaN : onto[i]! * factor(engineAt(i), repeats[i]!, tenure[i]!);
  }
  return out;
}

/** P(alive) times a factor of repeats and tenure, per customer. */
export function scoreAlive(where: string, model: Model<PurchaseKind>, customers: TableInput, factor: (engine: PurchaseEngine, x: number, T: number) => number): Float64Array {
  const rows = purchaseRows(where, customers, model.timeUnit);
  return factorOf(where, model, rows, factor, aliveOf(where, model, rows));
}

/** The engine of each row: one for all, or one per distinct set of covariates. */
export function enginesOf(where: string, model: Model<PurchaseKind>, rows: Pick<PurchaseRows, 'table' | 'n'>): (row: number) => PurchaseEngine {
  const { covariates } = model;
  if (covariates === undefined) {
    const engine = engineOf(model);
    return () => engine;
  }
  const purchases = covariates.purchases.map((name) => covariateColumn(where, rows, name));
  const lifetime = covariates.lifetime.map((name) => covariateColumn(where, rows, name));
  const known = new Map<string, PurchaseEngine>();
  return (row) => {
    const purchasesShift = covariates.purchases.reduce((sum, name, c) => sum + param(model, `purchases.${name}`) * purchases[c]![row]!, 0);
    const lifetimeShift = covariates.lifetime.reduce((sum, name, c) => sum + param(model, `lifetime.${name}`) * lifetime[c]![row]!, 0);
    const key = `${purchasesShift}|${lifetimeShift}`;
    let engine = known.get(key);
    if (engine === undefined) {
      engine = shiftedEngine(model, purchasesShift, lifetimeShift);
      if (known.size < 10_000) known.set(key, engine);
    }
    return engine;
  };
}

/** The engine of a customer whose covariates shift the logarithms of the purchase and lifetime rates. */
function shiftedEngine(model: Model<PurchaseKind>, purchasesShift: number, lifetimeShift: number): PurchaseEngine {
  const { params } = model;
  const alpha = params['alpha']! * Math.exp(-purchasesShift);
  if (model.kind === 'pareto-nbd') return makeEngine(model.kind, { ...params, alpha, beta: params['beta']! * Math.exp(-lifetimeShift) });
  const raise = Math.exp(lifetimeShift);
  return makeEngine(model.kind, { ...params, alpha, a: params['a']! * raise, b: params['b']! * raise });
}

/** The engine and the three numbers of one customer, checked. */
export function readRecord(where: string, model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord): { engine: PurchaseEngine; x: number; t: number; T: number } {
  checkRecord(where, record);
  const discrete = 'periods' in record;
  const x = record.repeats;
  const t = discrete ? record.last : record.span;
  const T = discrete ? record.periods : record.tenure;
  if (discrete !== (model.kind === 'bg-bb')) {
    throw new ClienteleError('VALUE_INVALID', { where }, `a ${model.kind} model cannot read ${discrete ? '{ repeats, last, periods }' : '{ repeats, span, tenure }'}.`, `Give { repeats, ${discrete ? 'span, tenure' : 'last, periods'} }.`);
  }
  if (!(x >= 0 && t >= 0 && t <= T * (1 + 1e-9) && T < Infinity && Math.floor(x) === x && (x > 0 || t === 0))) {
    throw new ClienteleError('VALUE_INVALID', { where, value: JSON.stringify(record) }, `${JSON.stringify(record)} is not a customer.`, 'Repeats is a whole number >= 0, the last purchase between the first (0) and the end, and at the first without repeats.');
  }
  if (model.covariates === undefined) return { engine: engineOf(model), x, t, T };
  const given = (discrete ? undefined : record.covariates) ?? {};
  const shift = (names: readonly string[], kind: string): number => names.reduce((sum, name) => {
    const value = given[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new ClienteleError('VALUE_INVALID', { where, column: name, value: String(value) }, `covariate ${name} is ${String(value)}.`, `Give covariates: { ${names.join(', ')} } as numbers.`);
    return sum + param(model, `${kind}.${name}`) * value;
  }, 0);
  return { engine: shiftedEngine(model, shift(model.covariates.purchases, 'purchases'), shift(model.covariates.lifetime, 'lifetime')), x, t, T };
}
