import * as v from 'valibot';
import type { Typed } from '../compile/typed';
import { clear, denseVector, put, sparseVector, type Vector } from '../vector';
import { type Positions, positionsSchema, selectPositions, positionList } from './positions';
import type { TransformKind } from './transform-kind';
import { composed } from './sources';

/** Positions of the input, each with steps of its own, side by side in the output. */
export interface BranchesSpec<Step extends Typed = Typed> {
  readonly type: 'branches';
  readonly branches: readonly {
    readonly columns: Positions;
    readonly pipeline: readonly Step[];
    /** What the branch's output is multiplied by. */
    readonly weight?: number | undefined;
  }[];
  /** The estimator that it came from. */
  readonly from?: string | undefined;
}

/**
 * Runs several pipelines over selected positions of one row and puts their outputs side by side, as
 * scikit-learn's ColumnTransformer and FeatureUnion do. A position may be used often or never.
 */
export function branchesKind(step: v.GenericSchema<unknown, Typed>): TransformKind<BranchesSpec> {
  return {
    type: 'branches',
    schema: v.strictObject({
      type: v.literal('branches'),
      branches: v.pipe(
        v.array(
          v.strictObject({
            columns: positionsSchema,
            pipeline: v.pipe(v.array(step), v.readonly()),
            weight: v.optional(v.pipe(v.number(), v.finite())),
          }),
        ),
        v.minLength(1),
        v.readonly(),
      ),
      from: v.optional(v.string()),
    }),
    compile(spec, input, path, context) {
      const parts = spec.branches.map(({ columns, pipeline, weight = 1 }, index) => {
        const at = `${path}.branches[${index}]`;
        const selection = selectPositions(columns, input, `${at}.columns`);
        const steps = context.pipeline(pipeline, selection.part, `${at}.pipeline`);
        const sources = () =>
          composed(positionList(columns, input.values.length, at), steps.sources!());
        return { selection, steps, weight, sources };
      });
      const width = parts.reduce((sum, { steps }) => sum + steps.output.values.length, 0);
      const sparse = parts.some(({ steps }) => steps.output.nonzero);
      const output = sparse ? sparseVector(width) : denseVector(width);
      let offset = 0;
      const runs = parts.map(({ selection, steps, weight }) => {
        const place = copyTo(output, offset, steps.output, weight);
        offset += steps.output.values.length;
        return (unit: number) => {
          selection.copy?.();
          steps.run(unit);
          place();
        };
      });
      return {
        output,
        run(unit) {
          if (output.nonzero) clear({ values: output.values, nonzero: output.nonzero });
          for (const run of runs) run(unit);
        },
        ...(parts.every(({ steps }) => steps.sources) && {
          sources: () => Int32Array.from(parts.flatMap((part) => [...part.sources()])),
        }),
        ...(parts.every(({ steps }) => steps.scalable) && {
          scalable: {
            bound: (bound: number, unit: number) =>
              parts.reduce((most, { steps, weight }) => {
                const branchBound = steps.scalable!.bound(bound, unit) * Math.abs(weight);
                return Math.max(most, branchBound);
              }, 0),
          },
        }),
      };
    },
    describe: ({ from, branches }) => `${from ?? 'branches'}: ${branches.length} side by side`,
  };
}

function copyTo(
  output: Vector,
  offset: number,
  { values, nonzero }: Vector,
  weight: number,
): () => void {
  if (nonzero) {
    return () => {
      for (let i = 0; i < nonzero.count; i++) {
        const position = nonzero.indices[i]!;
        put(output, offset + position, values[position]! * weight);
      }
    };
  }
  if (!output.nonzero && weight === 1) return () => output.values.set(values, offset);
  return () => {
    for (let j = 0; j < values.length; j++) put(output, offset + j, values[j]! * weight);
  };
}
