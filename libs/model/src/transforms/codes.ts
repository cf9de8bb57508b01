import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';
import { UnscorableRowError } from '../compile/unscorable-row.error';
import { checkLength } from './checked-values';
import { elementwise } from './elementwise';
import type { TransformKind } from './transform-kind';

/** The code of a number that is not among the known ones, as for categories. */
const UNKNOWN = -1;

const schema = v.strictObject({
  type: v.literal('codes'),
  /** For each position the numbers that are known there, in ascending order; `null` where it holds codes already. */
  values: v.pipe(v.array(v.nullable(numericArraySchema)), v.readonly()),
  /** What an unknown number is: a row that cannot be scored, or the code -1. */
  unknown: v.picklist(['reject', 'accept']),
  from: v.optional(v.string()),
});

export type CodesSpec = v.InferOutput<typeof schema>;

/** Each number becomes its position among the known ones; NaN stays NaN. For encoders that follow another step. */
export const codes: TransformKind<CodesSpec> = {
  type: 'codes',
  schema,
  compile(spec, input, path) {
    checkLength(spec.values.length, input.values.length, `${path}.values`);
    const known = spec.values.map((numbers, j) => {
      if (numbers === null) return undefined;
      const sorted = float64Values(numbers);
      const fault = sorted.findIndex((value, i) => i > 0 && !(value > sorted[i - 1]!));
      if (fault < 0) return sorted;
      throw new ArtifactError(`${path}.values[${j}][${fault}]`, 'must be above the one before it');
    });
    const rejects = spec.unknown === 'reject';
    return elementwise(input, (value, j) => {
      const sorted = known[j];
      const code = sorted === undefined || Number.isNaN(value) ? value : codeOf(value, sorted);
      if (code !== UNKNOWN || !rejects || sorted === undefined) return code;
      throw new UnscorableRowError(`a number is none of the categories that ${path} knows`);
    });
  },
  describe: ({ from, values }) => `${from ?? 'codes'}: ${values.length} columns of known numbers`,
};

/** Binary search. */
function codeOf(value: number, sorted: Float64Array): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const known = sorted[middle]!;
    if (known === value) return middle;
    if (known < value) low = middle + 1;
    else high = middle - 1;
  }
  return UNKNOWN;
}
