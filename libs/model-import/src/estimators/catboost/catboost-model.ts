import { JsonNode } from '../../files/json/json-node';
import type { JsonValue } from '../../files/json/json-value';
import { parseJson } from '../../files/json/parse-json';
import type { ModelInput } from '../contract/converter';
import { LIMITS } from '../contract/limits';
import { type CatBoostFeatures, catBoostFeatures } from './catboost-features';

/** What a CatBoost model says of itself around its trees. */
export interface CatBoostModel {
  readonly lossFunction: string;
  readonly info: JsonNode;
  readonly input: ModelInput;
  readonly features: CatBoostFeatures;
  /** Trees of one test for each level, or trees of any form; one of the two is there. */
  readonly obliviousTrees: JsonNode;
  readonly trees: JsonNode;
  /** The scores are scale · sum of the leaves + bias. */
  readonly scale: number;
  readonly biases: readonly number[];
}

/** @throws ModelImportError that names the member of the document which does not fit */
export function readCatBoostModel(value: JsonValue): CatBoostModel {
  const document = new JsonNode(value);
  const info = document.get('model_info');
  const features = catBoostFeatures(document.get('features_info'), document.get('ctr_data'));
  const places = [...features.numbers.values(), ...features.categories.values()];
  const count = places.reduce((most, { column }) => Math.max(most, column + 1), 0);
  if (count === 0 || count > LIMITS.features) {
    throw document.get('features_info').fault(`describes ${count} features`);
  }
  const names = Array.from({ length: count }, () => '');
  for (const { column, name } of places) names[column] = name;
  const [scale = 1, biases = [0]] = scaleAndBias(document.get('scale_and_bias'));
  return {
    lossFunction: lossFunction(info),
    info,
    // Columns that fitting left out have no name.
    input: { count, ...(places.some(({ name }) => name !== '') && { names: filled(names) }) },
    features,
    obliviousTrees: document.get('oblivious_trees'),
    trees: document.get('trees'),
    scale,
    biases,
  };
}

function filled(names: readonly string[]): string[] {
  return names.map((name, column) => (name === '' ? `x${column}` : name));
}

/** Of the parameters, or in a member of its own that holds JSON as text. */
function lossFunction(info: JsonNode): string {
  const own = info.get('loss_function');
  const stated = own.exists
    ? new JsonNode(parseJson(Buffer.from(own.text())), own.path)
    : info.get('params').get('loss_function');
  return stated.get('type').exists ? stated.get('type').text() : '';
}

/** `[scale, [bias, …]]`, before 0.25 `[scale, bias]`, and absent before that. */
function scaleAndBias(node: JsonNode): [] | [scale: number, biases: readonly number[]] {
  if (!node.exists) return [];
  const [scale, bias] = node.list();
  const biases = bias && (typeof bias.value === 'number' ? [bias.value] : [...bias.numbers()]);
  const numbers = [scale?.number() ?? Number.NaN, ...(biases ?? [])];
  if (biases && numbers.every(Number.isFinite)) return [numbers[0]!, biases];
  throw node.fault('is not a scale and a bias');
}
