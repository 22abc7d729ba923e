import type { KmeansModel } from './model.js';

/** Models made or checked by this library; what they hold can be trusted because it cannot change. */
const trusted = new WeakSet<object>();

/** The model frozen in depth, and known as checked. */
export function freezeModel(model: KmeansModel): KmeansModel {
  freeze(model);
  trusted.add(model);
  return model;
}

/** True for a model that `fitKmeans` or `loadKmeansModel` made. */
export function isTrusted(model: unknown): model is KmeansModel {
  return typeof model === 'object' && model !== null && trusted.has(model);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
