import { listField, modelInvalid, numberField, objectField, optionalField, textField, anyTextField, wholeField, wordField, checkKeys, checkWord, type Field } from '../core/index.js';
import { Table, type Column, type TableInput } from '../columns/index.js';
import { readFeatures, spread } from './features.js';
import { freezeModel, isTrusted } from './freeze-model.js';
import { SCORE_OPTIONS, type ScoreKmeansOptions } from './options.js';
import type { TreeRule, TreeRulesModel } from './tree-rules.js';

/**
 * Put customers into segments by rules: the customers' own columns, with segment, label and rule (the number of the rule met,
 * from 0). A customer without a purchase is in none.
 *
 * @param model `model` of `treeRules`, or its JSON parsed; checked first, at every call
 * @param customers with the columns of the rules; none are needed
 * @throws ClienteleError `MODEL_INVALID`; `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * const rules = loadTreeRules(JSON.parse(saved));
 * scoreTreeRules(rules, customers).column('segment');
 *
 * The first rule that is met counts; rules of `treeRules` never overlap. O(n rules features).
 */
export function scoreTreeRules(model: TreeRulesModel, customers: TableInput, options: ScoreKmeansOptions = {}): Table {
  const where = 'scoreTreeRules';
  checkKeys(where, options, SCORE_OPTIONS);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const { features: columns, rules } = readRules(where, model);
  const features = readFeatures(where, customers, columns);
  const met = new Int32Array(features.values[0]!.length).fill(-1);
  for (let r = rules.length - 1; r >= 0; r--) {
    const limits = columns.map((column, f) => ({ values: features.values[f]!, above: ownLimit(rules[r]!, column, 'above') ?? -Infinity, to: ownLimit(rules[r]!, column, 'to') ?? Infinity }));
    for (let i = 0; i < met.length; i++) if (limits.every(({ values, above, to }) => values[i]! > above && values[i]! <= to)) met[i] = r;
  }
  const keys = [...new Set(rules.map(({ segment }) => segment))];
  const labels = keys.map((key) => rules.find(({ segment }) => segment === key)!.label[language]);
  const codes = spread(met.map((r) => (r === -1 ? -1 : keys.indexOf(rules[r]!.segment))), features, -1);
  const added: [string, Column][] = [
    ['segment', { type: 'category', data: codes, values: keys }],
    ['label', { type: 'category', data: codes, values: labels }],
    ['rule', { type: 'number', data: spread(Float64Array.from(met, (r) => (r === -1 ? NaN : r)), features, NaN) }],
  ];
  return new Table([...[...features.source.entries()].filter(([name]) => !added.some(([own]) => own === name)), ...added]);
}

function ownLimit({ when }: TreeRule, column: string, end: 'above' | 'to'): number | undefined {
  return Object.hasOwn(when, column) ? when[column]![end] : undefined;
}

/**
 * Read rules back, every field checked.
 *
 * @param object `model` of `treeRules`, or its JSON parsed. Not modified; fields it inherits count as absent.
 * @returns a frozen copy
 * @throws ClienteleError `MODEL_INVALID` with the way to the field in `place.option`: `rules[0].when.recency`
 * @example
 * const rules = loadTreeRules(JSON.parse(readFileSync('rules.json', 'utf8')));
 */
export function loadTreeRules(object: unknown): TreeRulesModel {
  return readRules('loadTreeRules', object);
}

function readRules(where: string, object: unknown): TreeRulesModel {
  if (isTrusted<TreeRulesModel>(object, 'tree-rules')) return object;
  const own = objectField({ where, path: '', value: object }, ['kind', 'version', 'features', 'rules']);
  wordField(own('kind'), ['tree-rules'] as const);
  wholeField(own('version'), 1, 1);
  const features = listField(own('features')).map(textField);
  if (features.length === 0 || new Set(features).size < features.length) throw modelInvalid(own('features'), 'a list of different columns');
  const rules = listField(own('rules')).map((field) => readRule(field, features));
  if (rules.length === 0) throw modelInvalid(own('rules'), 'a list of one rule or more');
  return freezeModel<TreeRulesModel>({ kind: 'tree-rules', version: 1, features, rules });
}

function readRule(field: Field, features: readonly string[]): TreeRule {
  const own = objectField(field, ['segment', 'label', 'when', 'text', 'customers', 'precision']);
  const when = objectField(own('when'), [], features);
  const limits = features.filter((name) => when(name).value !== undefined).map((name) => {
    const limit = objectField(when(name), [], ['above', 'to']);
    return [name, { ...optionalField(limit, 'above', numberField), ...optionalField(limit, 'to', numberField) }] as const;
  });
  return {
    segment: textField(own('segment')), label: bothField(own('label')), when: Object.fromEntries(limits), text: bothField(own('text')),
    customers: wholeField(own('customers'), 0, Number.MAX_SAFE_INTEGER), precision: numberField(own('precision')),
  };
}

function bothField(field: Field): { en: string; zh: string } {
  const own = objectField(field, ['en', 'zh']);
  return { en: anyTextField(own('en')), zh: anyTextField(own('zh')) };
}
