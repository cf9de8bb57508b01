import type { ClassOutputSpec, ModelMember } from '@inferserve/model';
import type { ConvertContext, ConvertedClassifier } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { classMember, estimatorsOf } from './members';
import { responseOf } from './response';

const REMEDY = 'Fit the OneVsRestClassifier on estimators of one kind.';

/**
 * One against the rest over classifiers that are not linear: scikit-learn takes the class by their decisions where
 * they have such, and the probabilities by their own, normalised.
 */
export function oneVsRestOfMembers(
  wrapper: Estimator,
  classes: ConvertedClassifier['classes'],
  input: Layout,
  context: ConvertContext,
): ConvertedClassifier {
  const estimators = estimatorsOf(wrapper, 'estimators_');
  const members = estimators.map(
    (estimator): ModelMember => classMember(estimator, input, 2, context).member,
  );
  const responses = new Set(estimators.map(responseOf));
  const [from] = responses;
  if (from === undefined || responses.size > 1) {
    throw wrapper.fault('mixes kinds of estimators', REMEDY, 'estimators_');
  }
  const output = from === 'probabilities' ? ONE_VS_REST : outputOfDecisions(wrapper, members);
  return {
    task: 'classification',
    classes,
    predictor: { type: 'one-vs-rest', classCount: classes.length, from, members },
    output,
    detail: `${members.length} models`,
  };
}

const ONE_VS_REST: ClassOutputSpec = { type: 'one-vs-rest' };

/** Where every probability is the sigmoid of its decision, both come of the decisions. */
function outputOfDecisions(wrapper: Estimator, members: readonly ModelMember[]): ClassOutputSpec {
  const isSingle = members.length === 1;
  if (
    members.every(({ output }) => output.type === 'sigmoid' && output.temperature === undefined)
  ) {
    return { type: isSingle ? 'sigmoid' : 'ovr-normalized' };
  }
  const hasProbabilities = members.some(
    ({ output }) =>
      output.type !== 'scores-only' && !(output.type === 'one-vs-one' && !output.sigmoids),
  );
  if (!hasProbabilities) return { type: 'scores-only' };
  throw wrapper.fault(
    'has estimators whose probabilities do not follow from their decisions',
    'Fit it on estimators without probabilities (SVC(probability=False)), or without a decision function.',
    'estimators_',
  );
}
