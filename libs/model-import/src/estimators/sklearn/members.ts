import type { ModelMember } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import type { PyValue } from '../../files/values/py-value';
import type { ConvertContext, ConvertedClassifier, ConvertedModel } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';

const REMEDY = 'Fit it on other estimators; docs/import-your-model.md lists the supported ones.';

/** A fitted model inside another one. */
export interface MemberModel {
  readonly estimator: Estimator;
  readonly member: ModelMember;
  readonly classes: ConvertedClassifier['classes'];
}

/** The fitted estimators in a list or object array, by position. */
export function estimatorsOf(owner: Estimator, name: string): Estimator[] {
  const value = owner.require(name);
  const values = listOf(value);
  if (!values || values.length === 0 || values.length > LIMITS.estimators) {
    throw owner.fault('is not a list of estimators', 'Save the fitted model again.', name);
  }
  return values.map((element, index) => {
    const estimator = Estimator.from(element, `${name}[${index}]`);
    if (estimator) return estimator;
    throw owner.fault('holds something that is no estimator of a supported library', REMEDY, name);
  });
}

/** The first fitted estimator of an ensemble whose members all take the same columns. */
export function firstEstimator(owner: Estimator): Estimator | undefined {
  return Estimator.from(listOf(owner.get('estimators_'))?.[0]);
}

/** The elements of a list, tuple or object array of one dimension. */
export function listOf(value: PyValue): readonly PyValue[] | undefined {
  if (Array.isArray(value)) return value;
  const array = asNdArray(value);
  return array?.shape.length === 1 ? decodeElements(array) : undefined;
}

/** A classifier inside another model; it must know `classCount` classes. */
export function classMember(
  estimator: Estimator,
  input: Layout,
  classCount: number,
  context: ConvertContext,
): MemberModel {
  const model = context.model(estimator, input);
  if (model.task === 'classification' && model.classes.length === classCount) {
    return { estimator, member: memberOf(model), classes: model.classes };
  }
  throw estimator.fault(
    model.task === 'classification'
      ? `knows ${model.classes.length} classes, but the model around it ${classCount}`
      : 'is a regressor inside a classifier',
    REMEDY,
  );
}

/** A regressor inside another model. */
export function numberMember(
  estimator: Estimator,
  input: Layout,
  context: ConvertContext,
): ModelMember {
  const model = context.model(estimator, input);
  if (model.task === 'regression') return memberOf(model);
  throw estimator.fault('is a classifier inside a regressor', REMEDY);
}

function memberOf({ pipeline, predictor, output }: ConvertedModel): ModelMember {
  return { pipeline, predictor, output };
}
