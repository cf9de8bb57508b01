import { int32Values, packArray, type TransformSpec, type Vote } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import type { PyValue } from '../../files/values/py-value';
import type { ConvertContext, ConvertedModel, PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { classesOf } from './linear-classifiers';
import { estimatorsOf, listOf } from './members';
import { bagging as baggingOfTrees } from './trees/bagging';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

type VoteMember = Vote['members'][number];

const shared = {
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
} as const;

/** The mean of the probabilities of its members, or the share of their votes; each sees its own columns. */
export const baggingClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.BaggingClassifier'],
  role: 'classifier',
  docs: 'over every supported classifier, with any choice of rows and columns',
  convert(bagging, input, context) {
    const ofTrees = treesOnly(bagging);
    if (ofTrees) return ofTrees.convert(bagging, input, context);
    const classes = classesOf(bagging, context);
    const models = modelsOf(bagging, input, context);
    let hasProbabilities = true;
    const members = models.map(({ estimator, model, selection }): VoteMember => {
      if (model.task !== 'classification') {
        throw estimator.fault('is a regressor inside a classifier', SAVE_AGAIN);
      }
      // Members are fitted on the indices of the classes, and may not have met all of them.
      const known = model.classes.map(Number);
      if (known.some((k) => !Number.isInteger(k) || k < 0 || k >= classes.length)) {
        throw estimator.fault('knows classes that the bagging does not', SAVE_AGAIN, 'classes_');
      }
      hasProbabilities &&= hasProbability(model);
      return {
        pipeline: [...selection, ...model.pipeline],
        predictor: model.predictor,
        output: model.output,
        ...(known.length < classes.length && { classes: known }),
      };
    });
    return {
      task: 'classification',
      classes,
      predictor: {
        type: 'vote',
        by: hasProbabilities ? 'probabilities' : 'classes',
        classCount: classes.length,
        members,
      },
      output: { type: 'shares' },
      detail: `${members.length} models`,
    };
  },
};

/** The mean of its members. */
export const baggingRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.BaggingRegressor'],
  role: 'regressor',
  docs: 'over every supported regressor, with any choice of rows and columns',
  convert(bagging, input, context) {
    const ofTrees = treesOnly(bagging);
    if (ofTrees) return ofTrees.convert(bagging, input, context);
    const members = modelsOf(bagging, input, context).map(
      ({ estimator, model, selection }): VoteMember => {
        if (model.task === 'regression') {
          const { pipeline, predictor, output } = model;
          return { pipeline: [...selection, ...pipeline], predictor, output };
        }
        throw estimator.fault('is a classifier inside a regressor', SAVE_AGAIN);
      },
    );
    return {
      task: 'regression',
      predictor: { type: 'vote', by: 'values', classCount: 0, members },
      output: { type: 'identity' },
      detail: `${members.length} models`,
    };
  },
};

/** Decision trees make one ensemble of trees, which is faster than many models. */
function treesOnly(bagging: Estimator): PredictorConverter | undefined {
  const isTrees = estimatorsOf(bagging, 'estimators_').every(({ key }) =>
    /^sklearn\.(?:Decision|Extra)Tree(?:Classifier|Regressor)$/.test(key),
  );
  return isTrees ? baggingOfTrees.find(({ names }) => names.includes(bagging.key)) : undefined;
}

interface BaggedModel {
  readonly estimator: Estimator;
  readonly model: ConvertedModel;
  readonly selection: readonly TransformSpec[];
}

function modelsOf(bagging: Estimator, input: Layout, context: ConvertContext): BaggedModel[] {
  const estimators = estimatorsOf(bagging, 'estimators_');
  const features = listOf(bagging.require('estimators_features_')) ?? [];
  if (features.length !== estimators.length) {
    throw bagging.fault('does not choose columns for each estimator', SAVE_AGAIN);
  }
  return estimators.map((estimator, i) => {
    const columns = columnsOf(bagging, features[i]!, input.length);
    const isAll = columns.length === input.length && columns.every((at, j) => at === j);
    if (isAll) return { estimator, selection: [], model: context.model(estimator, input) };
    const positions = input.positionsOf(columns);
    return {
      estimator,
      selection: [{ type: 'branches', branches: [{ columns: positions, pipeline: [] }] }],
      model: context.model(estimator, input.select(columns)),
    };
  });
}

/** Columns of one member, some of them perhaps more than once. */
function columnsOf(bagging: Estimator, value: PyValue, count: number): number[] {
  const array = asNdArray(value);
  const columns =
    array?.shape.length === 1 ? [...int32Values(packArray(decodeNumbers(array)))] : [];
  if (columns.length > 0 && columns.every((column) => column >= 0 && column < count))
    return columns;
  throw bagging.fault('names columns that do not exist', SAVE_AGAIN, 'estimators_features_');
}

function hasProbability({ output }: ConvertedModel): boolean {
  return output.type !== 'scores-only' && !(output.type === 'one-vs-one' && !output.sigmoids);
}
