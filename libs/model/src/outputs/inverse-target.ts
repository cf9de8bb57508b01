import * as v from 'valibot';
import type { NumberOutputKind } from './output-kind';
import {
  inverseBoxCox,
  inverseYeoJohnson,
  SCALAR_FUNCTIONS,
  type ScalarFunctionName,
} from './scalar-functions';
import { singleScore } from './single-score';

const finite = v.pipe(v.number(), v.finite());

const stepSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('function'),
    name: v.picklist(Object.keys(SCALAR_FUNCTIONS) as ScalarFunctionName[]),
  }),
  v.strictObject({ type: v.picklist(['add', 'multiply']), value: finite }),
  v.strictObject({ type: v.literal('divide'), value: v.pipe(finite, v.notValue(0)) }),
  /** sign(x)·x², which LightGBM's `reg_sqrt` takes back. */
  v.strictObject({ type: v.literal('signed-square') }),
  v.strictObject({
    type: v.picklist(['inverse-yeo-johnson', 'inverse-box-cox']),
    lambda: finite,
  }),
]);

const schema = v.strictObject({
  type: v.literal('inverse-target'),
  /** Applied in order; the first may be the inverse of a link, the others of what was done to the target. */
  steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(16), v.readonly()),
});

export type InverseTargetSpec = v.InferOutput<typeof schema>;
type Step = InverseTargetSpec['steps'][number];

/** Takes back what was done to the target before the model was fitted, as TransformedTargetRegressor does. */
export const inverseTarget: NumberOutputKind<InverseTargetSpec> = {
  type: 'inverse-target',
  task: 'regression',
  schema,
  compile({ steps }, scores, _, path) {
    const score = singleScore(scores, path);
    const functions = steps.map(stepFunction);
    return {
      value() {
        let value = score();
        for (const apply of functions) value = apply(value);
        return value;
      },
    };
  },
  describe: ({ steps }) => `score, then ${steps.map(stepText).join(', ')}`,
};

function stepFunction(step: Step): (x: number) => number {
  switch (step.type) {
    case 'function':
      return SCALAR_FUNCTIONS[step.name];
    case 'add':
      return (x) => x + step.value;
    case 'multiply':
      return (x) => x * step.value;
    case 'divide':
      return (x) => x / step.value;
    case 'signed-square':
      return (x) => x * Math.abs(x);
    case 'inverse-yeo-johnson':
      return (x) => inverseYeoJohnson(x, step.lambda);
    case 'inverse-box-cox':
      return (x) => inverseBoxCox(x, step.lambda);
  }
}

function stepText(step: Step): string {
  return step.type === 'function' ? step.name : step.type.replaceAll('-', ' ');
}
