import type { PipelineConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';

/** Its steps in order; the samplers of imbalanced-learn act in training only. */
export const pipeline: PipelineConverter = {
  names: ['sklearn.Pipeline', 'imblearn.Pipeline'],
  role: 'pipeline',
  docs: 'any depth; samplers of imbalanced-learn are passed over',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  steps(estimator) {
    const steps = estimator.require('steps');
    if (!Array.isArray(steps) || steps.length > LIMITS.pipelineSteps) {
      throw estimator.fault('is not a short list of steps', 'Save it again.', 'steps');
    }
    return steps.flatMap((step) => {
      const [name, value] = Array.isArray(step) ? step : [];
      if (value === 'passthrough' || value === null) return [];
      const inner = Estimator.from(value, typeof name === 'string' ? name : undefined);
      if (!inner) {
        throw estimator.fault(
          `has a step "${typeof name === 'string' ? name : '?'}" that is not an estimator of a supported library`,
          'Apply that step before sending the features, and save the rest of the pipeline.',
        );
      }
      return isSampler(inner) ? [] : [inner];
    });
  },
};

function isSampler({ module }: Estimator): boolean {
  return /^imblearn\.(?:over_sampling|under_sampling|combine)\b/.test(module);
}
