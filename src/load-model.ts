import { ClienteleError, valueText } from './core/index.js';
import { loadBdwModel, loadBgBbModel, loadBgNbdModel, loadGammaGammaModel, loadMbgNbdModel, loadParetoNbdModel, loadSbgModel, type BdwModel, type BgBbModel, type BgNbdModel, type GammaGammaModel, type MbgNbdModel, type ParetoNbdModel, type SbgModel } from './clv/index.js';
import { loadChurnModel, type ChurnModel } from './churn/index.js';
import { loadRfmModel, type RfmModel } from './rfm/index.js';
import { loadGaussianMixtureModel, loadKmeansModel, loadTreeRules, type GaussianMixtureModel, type KmeansModel, type TreeRulesModel } from './segmentation/index.js';

/** Every model by its kind. */
interface Models {
  readonly rfm: RfmModel;
  readonly 'bg-nbd': BgNbdModel;
  readonly 'mbg-nbd': MbgNbdModel;
  readonly 'pareto-nbd': ParetoNbdModel;
  readonly 'bg-bb': BgBbModel;
  readonly sbg: SbgModel;
  readonly bdw: BdwModel;
  readonly 'gamma-gamma': GammaGammaModel;
  readonly kmeans: KmeansModel;
  readonly 'gaussian-mixture': GaussianMixtureModel;
  readonly 'tree-rules': TreeRulesModel;
  readonly churn: ChurnModel;
}

/** What a model can be. */
export type ModelKind = keyof Models;

/** A model of kind `K`, of any kind by default. */
export type Model<K extends ModelKind = ModelKind> = Models[K];

const LOADERS: { readonly [K in ModelKind]: (object: unknown) => Models[K] } = {
  rfm: loadRfmModel,
  'bg-nbd': loadBgNbdModel,
  'mbg-nbd': loadMbgNbdModel,
  'pareto-nbd': loadParetoNbdModel,
  'bg-bb': loadBgBbModel,
  sbg: loadSbgModel,
  bdw: loadBdwModel,
  'gamma-gamma': loadGammaGammaModel,
  kmeans: loadKmeansModel,
  'gaussian-mixture': loadGaussianMixtureModel,
  'tree-rules': loadTreeRules,
  churn: loadChurnModel,
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
export function loadModel<K extends ModelKind>(object: unknown, kind: K): Model<K>;
export function loadModel(object: unknown, kind?: ModelKind): Model {
  const found = typeof object === 'object' && object !== null && Object.hasOwn(object, 'kind') ? (object as { kind: unknown }).kind : undefined;
  const kinds = Object.keys(LOADERS) as ModelKind[];
  const known = kinds.find((k) => k === found);
  if (known === undefined || (kind !== undefined && known !== kind)) {
    const what = found === undefined ? `${valueText(object)} is no model.` : `the model's kind is ${valueText(found)}.`;
    throw new ClienteleError('MODEL_INVALID', { where: 'loadModel', value: valueText(found) }, what, kind === undefined ? `Pass a saved model; kinds: ${kinds.join(', ')}.` : `Pass a model of kind ${valueText(kind)}.`);
  }
  return LOADERS[known](object);
}
