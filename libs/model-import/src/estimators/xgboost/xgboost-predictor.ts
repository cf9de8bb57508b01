import { type ClassLabel, packArray, packMatrix, type PredictorSpec } from '@inferserve/model';
import type { ConvertContext, ConvertedPredictor } from '../contract/converter';
import type { Layout } from '../layout/layout';
import { FLOAT32_MAGNITUDE } from '../trees/float32-magnitude';
import { treesPredictor } from '../trees/trees-predictor';
import { categoryNames } from './category-names';
import { marginOf, OBJECTIVES } from './objectives';
import type { XgboostModel } from './xgboost-model';
import { xgboostTrees } from './xgboost-trees';

/** What the file around the booster says about it. */
export interface XgboostSettings {
  /** Absent where the objective decides. */
  readonly task?: 'classification' | 'regression';
  /** Names of the classes; absent where they are numbered. */
  readonly classes?: readonly ClassLabel[] | undefined;
  /** Numbers that count as missing, beside NaN. */
  readonly missingNumbers: readonly number[];
  /** Whether rounds after the best one are left out, as the wrappers do. */
  readonly usesBestIteration: boolean;
}

/** The predictor of a booster, and what becomes of its scores. */
export function xgboostPredictor(
  model: XgboostModel,
  settings: XgboostSettings,
  input: Layout,
  context: ConvertContext,
): ConvertedPredictor {
  const { booster, scoreCount, objective: name } = model;
  const objective = OBJECTIVES.get(name);
  const classOutput = settings.task === 'regression' ? undefined : objective?.classes;
  const numberOutput = settings.task === 'classification' ? undefined : objective?.number;
  if (!objective || !(classOutput ?? numberOutput)) {
    throw booster.fault(
      `is of a model with the objective "${name.slice(0, 60)}", which is not supported`,
      'docs/import-your-model.md lists the objectives; those for ranking and survival are not among them.',
    );
  }
  if (input.width !== model.input.count) {
    throw booster.fault(
      `takes ${model.input.count} features, but the steps before it give ${input.width}`,
      'Check the pipeline in Python and save it again.',
    );
  }
  const margins = Array.from({ length: scoreCount }, (_, k) =>
    marginOf(
      model.baseScores[k] ?? model.baseScores[0]!,
      model.hasBaseMargins ? 'identity' : objective.link,
    ),
  );
  if (!margins.every(Number.isFinite)) {
    throw booster.fault(
      'has a base_score without a finite link',
      'Fit it with another base_score.',
    );
  }
  const scored =
    model.boosterName === 'gblinear'
      ? linearBooster(model, margins, input)
      : treeBooster(model, settings, margins, input, context);
  if (!classOutput) return { task: 'regression', output: numberOutput!, ...scored };
  const classes = settings.classes ?? Array.from({ length: Math.max(2, scoreCount) }, (_, k) => k);
  if (classes.length !== Math.max(2, scoreCount)) {
    throw booster.fault(`gives ${scoreCount} scores for ${classes.length} classes`);
  }
  return { task: 'classification', classes, output: classOutput, ...scored };
}

interface Scored {
  readonly predictor: PredictorSpec;
  readonly detail: string;
}

function treeBooster(
  model: XgboostModel,
  { missingNumbers, usesBestIteration }: XgboostSettings,
  base: readonly number[],
  input: Layout,
  context: ConvertContext,
): Scored {
  const { booster, boosterName, scoreCount, featureTypes } = model;
  if (boosterName !== 'gbtree' && boosterName !== 'dart') {
    throw booster.fault(`is of the kind "${boosterName.slice(0, 40)}", which is not supported`);
  }
  const names = categoryNames(model);
  for (const [position, { source, name }] of input.columns.entries()) {
    const values = names[position];
    if (source && values) {
      source.useAsCategory(values, 'reject');
      continue;
    }
    source?.useAsNumber(FLOAT32_MAGNITUDE);
    if (featureTypes[position] === 'i') source?.acceptBooleans();
    if (featureTypes[position] === 'c' && source) {
      source.samples.push(0, 1);
      context.warn(
        `column ${name ?? position} is a category of which the file has only codes: send the code, 0 for the first, ` +
          'or pass --before with the OrdinalEncoder that gives them',
      );
    }
  }
  const codeOf = (feature: number, code: number): number | undefined => {
    const source = input.columns[feature]?.source;
    const values = names[feature];
    if (!values || source?.spec?.type !== 'category') return code;
    const value = values[code];
    return value === undefined ? undefined : source.codeOf(value);
  };
  // Zeros of a sparse matrix are not stored, and what is not stored is missing to XGBoost.
  const missing = input.isSparse ? [...new Set([...missingNumbers, 0])] : missingNumbers;
  const trees = xgboostTrees(model, usesBestIteration, codeOf);
  const faulty = { fault: (problem: string, remedy: string) => booster.fault(problem, remedy) };
  return treesPredictor(faulty, trees.nodes, input, {
    precision: 'float32',
    comparison: '<',
    missing: 'allow',
    infinite: 'reject',
    ...(missing.length > 0 && { missingNumbers: missing }),
    combine: { type: 'sum', base: packArray(base), precision: 'float32' },
    leafWidth: 1,
    ...(scoreCount > 1 && { treeScores: trees.scores }),
    categories: { rule: 'listed-right' },
    from: 'XGBoost',
  });
}

/** Weights feature by feature, one for each score, and the biases last. */
function linearBooster(model: XgboostModel, margins: readonly number[], input: Layout): Scored {
  input.useAsNumbers(FLOAT32_MAGNITUDE);
  input.rejectMissing();
  const { scoreCount } = model;
  const { width } = input;
  const node = model.booster.get('model').get('weights');
  const weights = Float64Array.from(node.numbers(), Math.fround);
  if (weights.length !== (width + 1) * scoreCount || !weights.every(Number.isFinite)) {
    throw node.fault(`is not a list of ${(width + 1) * scoreCount} finite numbers`);
  }
  const rows = Array.from({ length: scoreCount }, (_, k) =>
    Array.from({ length: width }, (__, j) => weights[j * scoreCount + k]!),
  );
  return {
    predictor: {
      type: 'linear',
      coefficients: packMatrix(rows.flat(), width),
      intercepts: margins.map((margin, k) => margin + weights[width * scoreCount + k]!),
      storedPrecision: 'float32',
    },
    detail: `${scoreCount} × ${width}`,
  };
}
