import type { ClassOutputSpec, NumberOutputSpec } from '@inferserve/model';
import { type Booster, boosterFault } from './booster';

/** What becomes of the scores. */
export type Objective =
  | {
      readonly task: 'classification';
      readonly classCount: number;
      readonly output: ClassOutputSpec;
    }
  | { readonly task: 'regression'; readonly output: NumberOutputSpec };

const IDENTITY: ReadonlySet<string> = new Set([
  'regression',
  'regression_l1',
  'huber',
  'fair',
  'quantile',
  'mape',
]);
const EXPONENTIAL: ReadonlySet<string> = new Set(['poisson', 'gamma', 'tweedie']);

/** @throws ModelImportError for ranking and for objectives of the user */
export function objectiveOf({ objective, scoreCount }: Booster): Objective {
  const [name = '', ...rest] = objective;
  const stated = rest.find((part) => part.startsWith('sigmoid:'));
  const steepness = stated === undefined ? 1 : Number(stated.slice('sigmoid:'.length));
  const temperature = steepness === 1 ? {} : { temperature: 1 / steepness };
  if (!(steepness > 0)) throw boosterFault('has a sigmoid that is not above 0', 'objective');
  if (name === 'binary' && scoreCount === 1) {
    const output: ClassOutputSpec = { type: 'sigmoid', ...temperature, decision: 'probability' };
    return { task: 'classification', classCount: 2, output };
  }
  if (name === 'multiclass' && scoreCount > 1) {
    return { task: 'classification', classCount: scoreCount, output: { type: 'softmax' } };
  }
  if (name === 'multiclassova' && scoreCount > 1) {
    const output: ClassOutputSpec = { type: 'sigmoids', ...temperature };
    return { task: 'classification', classCount: scoreCount, output };
  }
  if (scoreCount === 1 && IDENTITY.has(name)) {
    const isRoot = rest.includes('sqrt');
    return {
      task: 'regression',
      output: isRoot
        ? { type: 'inverse-target', steps: [{ type: 'signed-square' }] }
        : { type: 'identity' },
    };
  }
  if (scoreCount === 1 && EXPONENTIAL.has(name)) {
    return { task: 'regression', output: { type: 'exp' } };
  }
  throw boosterFault(
    name === ''
      ? 'has an objective of its own, which is not in the file'
      : `has the objective "${name}", which is not supported`,
    'objective',
    'Fit it with the objective binary, multiclass, multiclassova, regression, poisson, gamma or tweedie.',
  );
}
