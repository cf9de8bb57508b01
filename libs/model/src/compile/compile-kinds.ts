import type { Predictor } from './compiled-parts';
import type { PredictorKind } from '../predictors/predictor-kind';
import { classOutputKind, numberOutputKind } from '../outputs/outputs';
import { predictorKind } from '../predictors/predictors';
import type { Transform } from './compiled-parts';
import { transformKind } from '../transforms/transforms';
import type { Vector } from '../vector';
import type { CompileContext } from './compile-context';
import type { Typed } from './typed';
import type { ClassMember, MemberSpec, NumberMember } from './member';
import { UnscorableRowError } from './unscorable-row.error';
import { composed, ownPositions } from '../transforms/sources';

/** Compiles transforms, predictors and whole members by their tables, also those inside others. */
export const COMPILE_CONTEXT: CompileContext = { pipeline, predictor, classMember, numberMember };

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
    ...(steps.every((step) => step.sources) && {
      sources: () =>
        steps.reduce(
          (sources, step) => composed(sources, step.sources!()),
          ownPositions(input.values.length),
        ),
    }),
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

function classMember(
  spec: MemberSpec,
  input: Vector,
  classCount: number,
  path: string,
): ClassMember {
  const { scores, run } = scorer(spec, input, path);
  const output = classOutputKind(spec.output).compile(
    spec.output,
    scores,
    classCount,
    `${path}.output`,
  );
  const isDifference = classCount === 2 && scores.length === 2;
  return {
    output,
    run,
    decisionCount: classCount === 2 ? 1 : classCount,
    decision(index) {
      if (output.decision) return output.decision(index);
      return isDifference ? scores[1]! - scores[0]! : scores[index]!;
    },
  };
}

function numberMember(spec: MemberSpec, input: Vector, path: string): NumberMember {
  const { scores, run } = scorer(spec, input, path);
  const output = numberOutputKind(spec.output).compile(spec.output, scores, 0, `${path}.output`);
  return {
    run,
    value() {
      const value = output.value();
      if (!Number.isFinite(value)) throw new UnscorableRowError();
      return value;
    },
  };
}

function scorer(
  spec: MemberSpec,
  input: Vector,
  path: string,
): { readonly scores: Float64Array; run(): void } {
  const steps = pipeline(spec.pipeline, input, `${path}.pipeline`);
  const inner = predictor(spec.predictor, steps.output, `${path}.predictor`);
  const { scores } = inner;
  return {
    scores,
    run() {
      steps.run(1);
      inner.run(1);
      for (let k = 0; k < scores.length; k++) {
        if (!Number.isFinite(scores[k])) throw new UnscorableRowError();
      }
    },
  };
}
