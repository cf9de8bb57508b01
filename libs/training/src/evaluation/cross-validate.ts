import { evaluateClassifier, type Evaluation } from '@inferserve/evaluation';
import type { CompiledModel } from '@inferserve/model';
import { type LabelledRows, selectRows } from '../data/dataset';
import { mulberry32 } from '../data/mulberry32';
import { stratifiedFolds } from '../data/stratified-folds';
import { TrainingError } from '../training.error';

/** `repeats` times, with new shuffles each, every one of `folds` folds is the test of a fit on the others. */
export interface CrossValidationPlan {
  readonly repeats: number;
  readonly folds: number;
  readonly seed: number;
}

/** Mean and population standard deviation over all folds of all repeats. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Figures on rows that the fit had not seen; the matrix counts every row once per repeat. */
export interface CrossValidation extends CrossValidationPlan {
  readonly accuracy: Spread;
  readonly logLoss?: Spread;
  readonly brier?: Spread;
  readonly confusionMatrix: readonly (readonly number[])[];
}

/**
 * Repeated stratified cross-validation, the same for the same seed.
 * @param fit everything that learns from data, the scaler included: a fold's test rows must not be seen
 * @param onFit called before each fit with its number, from 1
 * @throws TrainingError for a plan without fits, or where a class has too few rows for the folds
 */
export function crossValidate(
  data: LabelledRows,
  plan: CrossValidationPlan,
  fit: (training: LabelledRows) => CompiledModel,
  onFit?: (number: number, total: number) => void,
): CrossValidation {
  if (!(plan.repeats >= 1 && plan.folds >= 2)) {
    throw new TrainingError(
      `cannot cross-validate ${plan.repeats} times with ${plan.folds} folds`,
      'Use at least one repeat of at least two folds.',
    );
  }
  const random = mulberry32(plan.seed);
  const total = plan.repeats * plan.folds;
  const evaluations: Evaluation[] = [];
  for (let repeat = 0; repeat < plan.repeats; repeat++) {
    const folds = stratifiedFolds(data.labels, plan.folds, random);
    for (const test of folds) {
      onFit?.(evaluations.length + 1, total);
      const training = folds
        .filter((fold) => fold !== test)
        .flat()
        .sort((a, b) => a - b);
      const classifier = fit(selectRows(data, training));
      evaluations.push(evaluateClassifier(classifier, selectRows(data, test)));
    }
  }
  const logLoss = spread(evaluations.map((fold) => fold.logLoss));
  const brier = spread(evaluations.map((fold) => fold.brier));
  return {
    ...plan,
    accuracy: spread(evaluations.map((fold) => fold.accuracy))!,
    ...(logLoss && { logLoss }),
    ...(brier && { brier }),
    confusionMatrix: evaluations.map((fold) => fold.confusionMatrix).reduce(add),
  };
}

function spread(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  return { mean, deviation: Math.sqrt(variance) };
}

function add(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return a.map((row, i) => row.map((count, j) => count + b[i]![j]!));
}
