import { ClienteleError, valueText } from './core/index.js';
import { loadRfmModel, type RfmModel } from './rfm/index.js';

/** Every model by its kind. */
interface Models {
  readonly rfm: RfmModel;
}

/** What a model can be. */
export type ModelKind = keyof Models;

/** A model of any kind. */
export type Model = Models[ModelKind];

const LOADERS: { readonly [K in ModelKind]: (object: unknown) => Models[K] } = {
  rfm: loadRfmModel,
};

/**
 * A saved model of any kind, every field checked.
 *
 * @param object what `JSON.parse` gave
 * @param kind refuse a model of any other kind
 * @throws ClienteleError `MODEL_INVALID` saying what is wrong and where
 * @example
 * const model = loadModel(JSON.parse(saved), 'rfm');
 */
export function loadModel(object: unknown): Model;
export function loadModel<K extends ModelKind>(object: unknown, kind: K): Models[K];
export function loadModel(object: unknown, kind?: ModelKind): Model {
  const found = typeof object === 'object' && object !== null && Object.hasOwn(object, 'kind') ? (object as { kind: unknown }).kind : undefined;
  const kinds = Object.keys(LOADERS) as ModelKind[];
  const known = kinds.find((k) => k === found);
  if (known === undefined || (kind !== undefined && known !== kind)) {
    const what = found === undefined ? `${valueText(object)} is no model.` : `the model's kind is ${valueText(found)}.`;
    throw new ClienteleError('MODEL_INVALID', { where: 'loadModel', value: valueText(found) }, what, kind === undefined ? `Pass a saved model; kinds: ${kinds.join(', ')}.` : `Pass a model of kind '${kind}'.`);
  }
  return LOADERS[known](object);
}
