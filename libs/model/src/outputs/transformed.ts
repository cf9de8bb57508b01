import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import type { NumberOutputKind } from './output-kind';

const FUNCTIONS = {
  exp: Math.exp,
  expm1: Math.expm1,
  exp2: (x: number) => 2 ** x,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  square: (x: number) => x * x,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  reciprocal: (x: number) => 1 / x,
  negative: (x: number) => -x,
  absolute: Math.abs,
} as const;

type FunctionName = keyof typeof FUNCTIONS;

const finite = v.pipe(v.number(), v.finite());

const schema = v.strictObject({
  type: v.literal('transformed'),
  /** Applied in order: a function by name, or `x · multiply + add`. */
  steps: v.pipe(
    v.array(
      v.union([
        v.picklist(Object.keys(FUNCTIONS) as FunctionName[]),
        v.strictObject({ multiply: finite, add: finite }),
      ]),
    ),
    v.maxLength(16),
    v.readonly(),
  ),
});

export type TransformedSpec = v.InferOutput<typeof schema>;

/**
 * The single score through known functions: the inverse of what the targets went through before fitting, or
 * the inverse link of a generalised linear model.
 */
export const transformed: NumberOutputKind<TransformedSpec> = {
  type: 'transformed',
  task: 'regression',
  schema,
  compile({ steps }, scores, _, path) {
    if (scores.length !== 1) {
      throw new ArtifactError(path, `needs one score, but the predictor gives ${scores.length}`);
    }
    const functions = steps.map((step) =>
      typeof step === 'string'
        ? FUNCTIONS[step]
        : (x: number): number => x * step.multiply + step.add,
    );
    return { value: () => functions.reduce((x, apply) => apply(x), scores[0]!) };
  },
  describe: ({ steps }) =>
    `the score through ${steps.map((step) => (typeof step === 'string' ? step : 'multiply and add')).join(', ') || 'nothing'}`,
};
