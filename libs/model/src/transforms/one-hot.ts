import * as v from 'valibot';
import { numericArraySchema } from '../artifact/numeric-array';
import { clear, put, sparseVector } from '../vector';
import { checkLength, positionOf, positionsOf } from './checked-values';
import type { TransformKind } from './transform-kind';
import { blockPositions } from './sources';

/** Widest output: more columns than any model that fits an artifact has. */
const MAX_WIDTH = 2_000_000;
/** In place of a position in a block: all of it stays 0. */
const NONE = -1;

const position = v.pipe(v.number(), v.integer(), v.minValue(NONE));

const schema = v.strictObject({
  type: v.literal('one-hot'),
  /** One block of the output for each position of the input. */
  blocks: v.pipe(
    v.array(
      v.strictObject({
        width: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_WIDTH)),
        /** Position in the block that is 1, by code; -1 for none. */
        outputs: numericArraySchema,
        /** The same for a code that is negative or beyond `outputs`, and for a missing value. */
        unknown: v.optional(position),
        missing: v.optional(position),
      }),
    ),
    v.check(
      (blocks) => blocks.reduce((sum, { width }) => sum + width, 0) <= MAX_WIDTH,
      `is wider than ${MAX_WIDTH}`,
    ),
    v.readonly(),
  ),
  from: v.optional(v.string()),
});

export type OneHotSpec = v.InferOutput<typeof schema>;

/**
 * Each code becomes a block of zeros with at most a single 1 (scikit-learn's OneHotEncoder, with any `drop`,
 * `handle_unknown` and grouping of infrequent categories). The cost of a row is one write for each position of
 * the input, however wide the blocks are.
 */
export const oneHot: TransformKind<OneHotSpec> = {
  type: 'one-hot',
  schema,
  compile({ blocks }, { values }, path) {
    checkLength(blocks.length, values.length, `${path}.blocks`);
    let width = 0;
    const compiled = blocks.map(
      ({ width: blockWidth, outputs, unknown = NONE, missing = NONE }, i) => {
        const at = `${path}.blocks[${i}]`;
        const block = {
          start: width,
          outputs: positionsOf(outputs, blockWidth, `${at}.outputs`, NONE),
          unknown: positionOf(unknown, blockWidth, `${at}.unknown`, NONE),
          missing: positionOf(missing, blockWidth, `${at}.missing`, NONE),
        };
        width += blockWidth;
        return block;
      },
    );
    const output = sparseVector(width);
    return {
      output,
      sources: () => blockPositions(blocks.map((block) => block.width)),
      run() {
        clear(output);
        for (let j = 0; j < compiled.length; j++) {
          const { start, outputs, unknown, missing } = compiled[j]!;
          const code = values[j]!;
          const at = Number.isNaN(code) ? missing : (outputs[code] ?? unknown);
          if (at !== NONE) put(output, start + at, 1);
        }
      },
    };
  },
  describe: ({ from, blocks }) =>
    `${from ?? 'one-hot'}: ${blocks.length} columns to ${blocks.reduce((sum, { width }) => sum + width, 0)}`,
};
