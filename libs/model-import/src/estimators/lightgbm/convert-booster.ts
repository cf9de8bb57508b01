import type { ClassLabel, PredictorSpec, TransformSpec, TreeNodes } from '@inferserve/model';
import type { ConvertContext, ConvertedModel } from '../contract/converter';
import type { Layout } from '../layout/layout';
import { treesPredictor } from '../trees/trees-predictor';
import { type Booster, boosterFault } from './booster';
import { categoryColumns } from './category-columns';
import { objectiveOf } from './objective';
import { hasLinearLeaves, LinearLeaves } from './linear-leaves';
import { type MissingType, parseTree } from './tree-nodes';

/** LightGBM's kZeroThreshold: rows are passed on sparsely, and what is nearer to 0 is no element of one. */
const ZERO_THRESHOLD = 1.0000000180025095e-35;

export interface BoosterOptions {
  /** Labels of the classes; 0, 1, … where they are absent. */
  readonly classes?: readonly ClassLabel[] | undefined;
  /** Rounds that count; all of them where it is 0 or absent. */
  readonly rounds?: number | undefined;
}

/** The trees of a booster over the columns of a layout. All arithmetic is float64. */
export function convertBooster(
  booster: Booster,
  input: Layout,
  context: ConvertContext,
  { classes, rounds = 0 }: BoosterOptions = {},
): ConvertedModel {
  const objective = objectiveOf(booster);
  const { scoreCount, featureNames, isAveraged } = booster;
  if (input.width !== featureNames.length) {
    throw boosterFault(
      `takes ${featureNames.length} columns, but the steps before it give ${input.width}`,
      'max_feature_idx',
    );
  }
  const all = booster.text.trees;
  const kept = rounds > 0 ? all.slice(0, rounds * scoreCount) : all;
  if (kept.length < all.length) {
    context.warn(
      `the first ${kept.length / scoreCount} of ${all.length / scoreCount} rounds count: fitting stopped early there`,
    );
  }
  useColumns(booster, input);
  const missingTypes = new Set<MissingType>();
  const categorical = new Set<number>();
  const linear = hasLinearLeaves(kept) ? new LinearLeaves(featureNames.length) : undefined;
  if (linear && isAveraged) {
    throw boosterFault(
      'has linear models in the leaves of a random forest, which is not supported',
      'is_linear',
      'Fit it with linear_tree=False, or with boosting="gbdt".',
    );
  }
  const trees = function* (): Generator<TreeNodes> {
    for (const [index, block] of kept.entries()) {
      const parsed = parseTree(block, index);
      for (const type of parsed.missingTypes) missingTypes.add(type);
      for (const feature of parsed.categorical) categorical.add(feature);
      yield linear ? linear.add(block, parsed.nodes, index) : parsed.nodes;
    }
  };
  const roundCount = kept.length / scoreCount;
  const treeScores = kept.map((_, index) => index % scoreCount);
  // Linear leaves are summed by their own predictor, which asks each tree for its leaf.
  const scores = linear ? [...kept.keys()] : treeScores;
  const { predictor, detail } = treesPredictor({ fault: faultOfTrees }, trees(), input, {
    precision: 'float64',
    comparison: '<=',
    missing: 'allow',
    infinite: 'allow',
    combine: {
      type: 'sum',
      base: Array.from({ length: linear ? kept.length : scoreCount }, () => 0),
      ...(isAveraged && { divisor: roundCount }),
    },
    leafWidth: 1,
    treeScores: scores,
    categories: { rule: 'listed-left' },
    from: 'LightGBM',
  });
  const pipeline: TransformSpec[] = [{ type: 'flush', limit: ZERO_THRESHOLD, from: 'LightGBM' }];
  const zeroed = withZeros(predictor, missingTypes, categorical);
  const isLinear = linear && zeroed.type === 'trees';
  const parts = {
    pipeline,
    predictor: isLinear ? linear.predictor(zeroed, treeScores) : zeroed,
    detail,
  };
  if (objective.task === 'regression') return { ...parts, ...objective };
  const { task, output, classCount } = objective;
  if (classes && classes.length !== classCount) {
    throw boosterFault(`is of ${classCount} classes, not ${classes.length}`, 'objective');
  }
  const labels = classes ?? Array.from({ length: classCount }, (_, k) => k);
  return { ...parts, task, output, classes: labels };
}

/** Columns of the request that pandas held as categories take those; all others are numbers. */
function useColumns(booster: Booster, input: Layout): void {
  const categories = categoryColumns(booster);
  for (const [feature, { source }] of input.columns.entries()) {
    const values = categories.get(feature);
    if (!values || !source) {
      source?.useAsNumber();
      continue;
    }
    source.useAsCategory(values, 'accept');
    if (source.spec && values.some((value, code) => source.codeOf(value) !== code)) {
      throw boosterFault(
        `takes the categories of column "${source.name}" in another order than a step before it`,
        'pandas_categorical',
      );
    }
  }
}

/** With `zero_as_missing` all splits of numbers send 0 where they send missing values. */
function withZeros(
  predictor: PredictorSpec,
  missingTypes: ReadonlySet<MissingType>,
  categorical: ReadonlySet<number>,
): PredictorSpec {
  if (!missingTypes.has('zero') || predictor.type !== 'trees') return predictor;
  if (missingTypes.size === 1 && categorical.size === 0) {
    return { ...predictor, missingNumbers: [0] };
  }
  throw boosterFault(
    'takes 0 as missing in some splits only, which is not supported',
    'decision_type',
    'Fit it with zero_as_missing=false.',
  );
}

function faultOfTrees(problem: string, remedy: string) {
  return boosterFault(problem, 'trees', remedy);
}
