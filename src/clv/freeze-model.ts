import type { Model, ModelKind } from './model.js';

/** The model, frozen to its leaves: engines are remembered by model, so a model must not change. */
export function freezeModel<K extends ModelKind>(model: Model<K>): Model<K> {
  return deepFrozen({ ...model, meta: { ...model.meta }, diagnostics: { ...model.diagnostics } });
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFrozen(part);
  }
  return value;
}
