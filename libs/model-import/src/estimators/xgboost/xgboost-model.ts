import { JsonNode } from '../../files/json/json-node';
import type { JsonValue } from '../../files/json/json-value';
import type { ModelInput } from '../contract/converter';
import { LIMITS } from '../contract/limits';

/** A learner of XGBoost: what its document says, checked as far as all boosters need it. */
export interface XgboostModel {
  readonly objective: string;
  /** 1, or the number of classes of a multi-class objective. */
  readonly scoreCount: number;
  /** On the scale of the output, as the file has it: one number, or one for each score. */
  readonly baseScores: readonly number[];
  /** Before 1.0: `baseScores` are scores, not what the output makes of them. */
  readonly hasBaseMargins: boolean;
  readonly input: ModelInput;
  /** `c` for a category; empty where the file does not say. */
  readonly featureTypes: readonly string[];
  readonly booster: JsonNode;
  readonly boosterName: string;
  /** The last round that predictions use, where training stopped early. */
  readonly bestIteration: number | undefined;
  /** Trees of each score up to there, parallel ones included; before 2.0 only, and files do not count those before 1.6. */
  readonly bestTreeCount: number | undefined;
}

/** @throws ModelImportError that names the member of the document which does not fit */
export function readXgboostModel(document: JsonValue): XgboostModel {
  const root = new JsonNode(document);
  const learner = root.get('learner');
  const version = root.get('version');
  const param = learner.get('learner_model_param');
  const targets = param.get('num_target');
  if (targets.exists && targets.numeric() > 1) {
    throw targets.fault(
      `is ${targets.numeric()}: the model predicts several targets for each row`,
      'Fit one model for each target.',
    );
  }
  const count = wholeNumber(param.get('num_feature'), LIMITS.features);
  const classCount = wholeNumber(param.get('num_class'), LIMITS.classes);
  const names = learner.get('feature_names');
  const types = learner.get('feature_types');
  const booster = learner.get('gradient_booster');
  const attributes = learner.get('attributes');
  const best = attributes.get('best_iteration');
  const bestTrees = attributes.get('best_ntree_limit');
  return {
    objective: learner.get('objective').get('name').text(),
    scoreCount: Math.max(1, classCount),
    baseScores: baseScores(param.get('base_score')),
    hasBaseMargins: version.exists && version.numbers()[0] === 0,
    input: { count, names: namesOf(names, count) },
    featureTypes: types.exists ? types.strings() : [],
    booster,
    boosterName: booster.get('name').text(),
    bestIteration: best.exists ? wholeNumber(best, 1e9) : undefined,
    bestTreeCount: bestTrees.exists ? wholeNumber(bestTrees, 1e9) : undefined,
  };
}

function namesOf(node: JsonNode, count: number): readonly string[] | undefined {
  const names = node.exists ? node.strings() : [];
  if (names.length === 0) return undefined;
  if (names.length === count) return names;
  throw node.fault(`names ${names.length} features, not ${count}`);
}

function wholeNumber(node: JsonNode, most: number): number {
  const number = node.numeric();
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw node.fault(`is not a whole number up to ${most}`);
}

/** `5E-1`, or since 3.1 `[4.2E-1]` with one number for each class; single precision. */
function baseScores(node: JsonNode): number[] {
  const text = typeof node.value === 'number' ? String(node.value) : node.text();
  const scores = text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((part) => Math.fround(part.trim() === '' ? Number.NaN : Number(part)));
  if (scores.every(Number.isFinite)) return scores;
  throw node.fault('is not a list of finite numbers');
}
