import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { int32Values, type NumericArray, numericArraySchema } from '../artifact/numeric-array';
import type { Typed } from '../compile/compile-context';
import { clear, denseVector, put, sparseVector, type Vector } from '../vector';
import type { TransformKind } from './transform-kind';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const rangeSchema = v.strictObject({ start: count, count });

type Positions = NumericArray | v.InferOutput<typeof rangeSchema>;

/** Positions of the input, each with steps of its own, side by side in the output. */
export interface BranchesSpec<Step extends Typed = Typed> {
  readonly type: 'branches';
  readonly branches: readonly {
    readonly columns: Positions;
    readonly pipeline: readonly Step[];
  }[];
  /** The estimator that it came from. */
  readonly from?: string | undefined;
}

/** What copies a branch's part of the input to where the branch starts; `undefined` where nothing moves. */
interface Selection {
  readonly input: Vector;
  readonly copy?: () => void;
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
            columns: v.union([numericArraySchema, rangeSchema]),
            pipeline: v.pipe(v.array(step), v.readonly()),
          }),
        ),
        v.minLength(1),
        v.readonly(),
      ),
      from: v.optional(v.string()),
    }),
    compile(spec, input, path, context) {
      const parts = spec.branches.map(({ columns, pipeline }, index) => {
        const at = `${path}.branches[${index}]`;
        const selection = select(columns, input, `${at}.columns`);
        return { selection, steps: context.pipeline(pipeline, selection.input, `${at}.pipeline`) };
      });
      const width = parts.reduce((sum, { steps }) => sum + steps.output.values.length, 0);
      const sparse = parts.some(({ steps }) => steps.output.nonzero);
      const output = sparse ? sparseVector(width) : denseVector(width);
      let offset = 0;
      const runs = parts.map(({ selection, steps }) => {
        const place = copyTo(output, offset, steps.output);
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
        ...(parts.every(({ steps }) => steps.scalable) && {
          scalable: {
            bound: (bound: number, unit: number) =>
              Math.max(...parts.map(({ steps }) => steps.scalable!.bound(bound, unit))),
          },
        }),
      };
    },
    describe: ({ from, branches }) => `${from ?? 'branches'}: ${branches.length} side by side`,
  };
}

function select(columns: Positions, input: Vector, path: string): Selection {
  const positions = 'start' in columns ? undefined : int32Values(columns);
  const { start, count: length } = positions
    ? rangeOf(positions)
    : (columns as { start: number; count: number });
  const width = input.values.length;
  if (start < 0 || start + length > width || positions?.some((p) => p < 0 || p >= width)) {
    throw new ArtifactError(path, `names a position beyond the ${width} of its input`);
  }
  if (positions === undefined || length === positions.length) {
    if (length === width) return { input };
    if (!input.nonzero) return { input: { values: input.values.subarray(start, start + length) } };
    const part = sparseVector(length);
    return { input: part, copy: () => copyRange(input as Required<Vector>, start, part) };
  }
  const part = denseVector(positions.length);
  return {
    input: part,
    copy() {
      for (let i = 0; i < positions.length; i++) part.values[i] = input.values[positions[i]!]!;
    },
  };
}

/** The range that positions form; its length differs from theirs where they form none. */
function rangeOf(positions: Int32Array): { readonly start: number; readonly count: number } {
  const start = positions[0] ?? 0;
  const contiguous = positions.every((position, i) => position === start + i);
  return { start, count: contiguous ? positions.length : 0 };
}

function copyRange(
  { values, nonzero }: Required<Vector>,
  start: number,
  part: Required<Vector>,
): void {
  clear(part);
  const end = start + part.values.length;
  for (let i = 0; i < nonzero.count; i++) {
    const position = nonzero.indices[i]!;
    if (position >= start && position < end) put(part, position - start, values[position]!);
  }
}

function copyTo(output: Vector, offset: number, { values, nonzero }: Vector): () => void {
  if (nonzero) {
    return () => {
      for (let i = 0; i < nonzero.count; i++) {
        const position = nonzero.indices[i]!;
        put(output, offset + position, values[position]!);
      }
    };
  }
  if (!output.nonzero) return () => output.values.set(values, offset);
  return () => {
    for (let j = 0; j < values.length; j++) put(output, offset + j, values[j]!);
  };
}
