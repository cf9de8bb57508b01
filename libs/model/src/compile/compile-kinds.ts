import type { PredictorKind, Predictor } from '../predictors/predictor-kind';
import { predictorKind } from '../predictors/predictors';
import type { Transform } from '../transforms/transform-kind';
import { transformKind } from '../transforms/transforms';
import type { Vector } from '../vector';
import type { CompileContext, Typed } from './compile-context';

/** Compiles transforms and predictors by their tables, also those inside others. */
export const COMPILE_CONTEXT: CompileContext = { pipeline, predictor };

function pipeline(specs: readonly Typed[], input: Vector, path: string): Transform {
  const steps: Transform[] = [];
  let output = input;
  for (const [index, spec] of specs.entries()) {
    const at = `${path}[${index}]`;
    const step = transformKind(spec).compile(spec, output, at, COMPILE_CONTEXT);
    steps.push(step);
    output = step.output;
  }
  const [only] = steps;
  if (only && steps.length === 1) return only;
  return {
    output,
    run(unit) {
      for (const step of steps) step.run(unit);
    },
    ...(steps.every((step) => step.scalable) && {
      scalable: {
        bound: (inputBound: number, unit: number) =>
          steps.reduce((bound, step) => step.scalable!.bound(bound, unit), inputBound),
      },
    }),
  };
}

function predictor(spec: Typed, input: Vector, path: string): Predictor {
  const kind: PredictorKind<Typed> = predictorKind(spec);
  return kind.compile(spec, input, path, COMPILE_CONTEXT);
}
