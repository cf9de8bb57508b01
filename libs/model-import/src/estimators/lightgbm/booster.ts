import {
  type LightGbmText,
  numbersOfLine,
  type TextBlock,
} from '../../files/lightgbm/lightgbm-text';
import { ModelImportError } from '../../files/bytes/model-import.error';

/** What a LightGBM model says of itself before its trees. */
export interface Booster {
  readonly text: LightGbmText;
  /** Name and parameters: `binary`, `sigmoid:1`. */
  readonly objective: readonly string[];
  /** Scores of each row: one, or one for each class. */
  readonly scoreCount: number;
  readonly featureNames: readonly string[];
  /** Whether scores are the mean of the rounds (random forests) and not their sum. */
  readonly isAveraged: boolean;
}

/** @throws ModelImportError for a head without what every model has */
export function boosterOf(text: LightGbmText): Booster {
  const { header } = text;
  const scoreCount = Number(header.get('num_tree_per_iteration') ?? 1);
  const featureCount = Number(header.get('max_feature_idx')) + 1;
  const featureNames = (header.get('feature_names') ?? '').split(' ');
  const isSound =
    Number.isInteger(scoreCount) &&
    scoreCount >= 1 &&
    featureNames.length === featureCount &&
    text.trees.length % scoreCount === 0;
  if (!isSound) throw boosterFault('has a head that does not fit its trees', 'head');
  return {
    text,
    objective: (header.get('objective') ?? '').split(' ').filter((part) => part !== ''),
    scoreCount,
    featureNames,
    isAveraged: header.has('average_output'),
  };
}

/** An error of a LightGBM model, with the place in it. */
export function boosterFault(
  problem: string,
  path: string,
  remedy = 'Save the model again: booster.save_model("model.txt").',
): ModelImportError {
  return new ModelImportError(problem, remedy, { path: `LightGBM ${path}` });
}

/** The numbers of a line of a tree: as many as are wanted, all of them numbers. */
export function numbersOf(
  tree: TextBlock,
  key: string,
  count: number,
  index: number,
): Float64Array {
  const numbers = numbersOfLine(tree.get(key) ?? '');
  if (numbers.length === count && !numbers.some(Number.isNaN)) return numbers;
  throw boosterFault(`does not state ${count} numbers as ${key}`, `tree ${index}`);
}
