import { LIMITS } from '../limits';
import { Estimator } from './estimator';

const SEARCHES = /^(?:Halving)?(?:Grid|Random(?:ized)?)Search(?:CV)?$/;

/** The estimator inside search results and frozen wrappers. */
export function unwrap(root: Estimator): Estimator {
  let estimator = root;
  for (let depth = 0; depth <= LIMITS.wrapperDepth; depth++) {
    const attribute = SEARCHES.test(estimator.className)
      ? 'best_estimator_'
      : estimator.className === 'FrozenEstimator'
        ? 'estimator'
        : undefined;
    if (attribute === undefined) return estimator;
    const inner = Estimator.from(estimator.require(attribute), estimator.stepName);
    if (!inner)
      throw estimator.fault('is not a scikit-learn estimator', 'Save it again.', attribute);
    estimator = inner;
  }
  throw root.fault('is nested too deep', 'Save the fitted estimator inside it alone.');
}

/** The steps of a Pipeline without those that pass everything on. */
export function pipelineSteps(pipeline: Estimator): Estimator[] {
  const steps = pipeline.require('steps');
  if (!Array.isArray(steps) || steps.length > LIMITS.pipelineSteps) {
    throw pipeline.fault('is not a short list of steps', 'Save it again.', 'steps');
  }
  return steps.flatMap((step) => {
    const [name, value] = Array.isArray(step) ? step : [];
    if (value === 'passthrough' || value === null) return [];
    const estimator = Estimator.from(value, typeof name === 'string' ? name : undefined);
    if (estimator) return [estimator];
    throw pipeline.fault(
      `has a step "${typeof name === 'string' ? name : '?'}" that is not a scikit-learn estimator`,
      'Apply that step before sending the features, and save the rest of the pipeline.',
    );
  });
}

/** The estimators that rows go through one after the other, whatever pipelines and wrappers hold them. */
export function flattenSteps(root: Estimator): Estimator[] {
  const flat: Estimator[] = [];
  const rest = [root];
  for (let visited = 0; rest.length > 0; visited++) {
    const estimator = unwrap(rest.shift()!);
    if (visited > LIMITS.pipelineSteps) {
      throw estimator.fault(
        'is one of too many steps',
        'Save a flat pipeline of the steps that matter.',
      );
    }
    if (estimator.className === 'Pipeline') rest.unshift(...pipelineSteps(estimator));
    else flat.push(estimator);
  }
  return flat;
}
