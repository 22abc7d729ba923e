/** Models made or checked by this library; what they hold can be trusted because it cannot change. */
const trusted = new WeakSet<object>();

/** The model frozen in depth, and known as checked. */
export function freezeModel<Model extends object>(model: Model): Model {
  freeze(model);
  trusted.add(model);
  return model;
}

/** True for a model of that kind that a fit or a load of this library made. */
export function isTrusted<Model extends { readonly kind: string }>(model: unknown, kind: Model['kind']): model is Model {
  return typeof model === 'object' && model !== null && trusted.has(model) && (model as Model).kind === kind;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
