import type { RfmModel } from './model.js';

/** Models made or checked by this library; what they hold can be trusted because it cannot change. */
const trusted = new WeakSet<object>();

/** The model frozen in depth, and known as checked. */
export function freezeModel(model: RfmModel): RfmModel {
  freeze(model);
  trusted.add(model);
  return model;
}

/** True for a model that `fitRfm` or `loadRfmModel` made. */
export function isTrusted(model: unknown): model is RfmModel {
  return typeof model === 'object' && model !== null && trusted.has(model);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
