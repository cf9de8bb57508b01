import type { Stack } from '@inferserve/model';
import type { ConvertContext, PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { classesOf } from './linear-classifiers';
import { classMember, estimatorsOf, firstEstimator, listOf, numberMember } from './members';
import { decisionOf } from './response';

const SAVE = 'Check the model in Python and save it again.';

type StackMember = Stack['members'][number];
type Take = StackMember['take'];

const TAKES: ReadonlyMap<unknown, Take> = new Map([
  ['predict_proba', 'probabilities'],
  ['decision_function', 'decision'],
  ['predict', 'class'],
]);

const shared = {
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  inputInside: firstEstimator,
} as const;

/** Classifiers whose answers are the columns of a final one. */
export const stackingClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.StackingClassifier'],
  role: 'classifier',
  docs: 'every stack_method and passthrough, over every supported classifier',
  convert(stacking, input, context) {
    const classes = classesOf(stacking, context);
    const methods = listOf(stacking.require('stack_method_')) ?? [];
    const members = estimatorsOf(stacking, 'estimators_').map((estimator, i): StackMember => {
      const take = TAKES.get(methods[i]);
      if (!take) throw stacking.fault('has a method that is not known', SAVE, 'stack_method_');
      if (take === 'decision') decisionOf(estimator);
      const model = classMember(estimator, input, classes.length, context);
      // Members are fitted on the indices of the classes; prefit ones need not be.
      if (take === 'class' && model.classes.some((label, k) => label !== k)) {
        throw estimator.fault('gives the final model labels that are no indices', SAVE);
      }
      return { ...model.member, take };
    });
    const widths = members.map(({ take }) =>
      take === 'class' || classes.length === 2 ? 1 : classes.length,
    );
    const final = finalModel(stacking, widths, input, context);
    if (final.task !== 'classification' || final.classes.length !== classes.length) {
      throw stacking.fault('ends in another number of classes', SAVE, 'final_estimator_');
    }
    return {
      task: 'classification',
      classes,
      predictor: stackOf(stacking, members, classes.length, final),
      output: final.output,
      detail: `${members.length} models`,
    };
  },
};

/** The same with regressors. */
export const stackingRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.StackingRegressor'],
  role: 'regressor',
  docs: 'with passthrough, over every supported regressor',
  convert(stacking, input, context) {
    const members = estimatorsOf(stacking, 'estimators_').map((estimator): StackMember => ({
      ...numberMember(estimator, input, context),
      take: 'value',
    }));
    const widths = members.map(() => 1);
    const final = finalModel(stacking, widths, input, context);
    if (final.task !== 'regression') {
      throw stacking.fault('ends in a classifier', SAVE, 'final_estimator_');
    }
    return {
      task: 'regression',
      predictor: stackOf(stacking, members, 0, final),
      output: final.output,
      detail: `${members.length} models`,
    };
  },
};

/** The final model, whose columns are the members' answers and, with passthrough, those of the row behind them. */
function finalModel(
  stacking: Estimator,
  widths: readonly number[],
  input: Layout,
  context: ConvertContext,
) {
  const count = widths.reduce((sum, width) => sum + width, 0);
  const answers = Layout.computed(Array.from({ length: count }, () => undefined));
  const isPassing = stacking.flag('passthrough', false);
  const layout = isPassing ? Layout.concat([answers, input]) : answers;
  return context.model(stacking.inner('final_estimator_', 'final_estimator_'), layout);
}

function stackOf(
  stacking: Estimator,
  members: readonly StackMember[],
  classCount: number,
  { pipeline, predictor }: ReturnType<typeof finalModel>,
): Stack {
  return {
    type: 'stack',
    members,
    classCount,
    passthrough: stacking.flag('passthrough', false),
    final: { pipeline, predictor },
  };
}
