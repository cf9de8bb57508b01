import * as v from 'valibot';
import { positionCount, positionsSchema, selectPositions, positionList } from './positions';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('select'),
  columns: positionsSchema,
  from: v.optional(v.string()),
});

export type SelectSpec = v.InferOutput<typeof schema>;

/** Some positions of a row, in the order given (what feature selectors do once they are fitted). */
export const select: TransformKind<SelectSpec> = {
  type: 'select',
  schema,
  compile({ columns }, input, path) {
    const { part, copy } = selectPositions(columns, input, `${path}.columns`);
    return {
      output: part,
      run: () => copy?.(),
      scalable: { bound: (bound) => bound },
      sources: () => positionList(columns, input.values.length, path),
    };
  },
  describe: ({ from, columns }) => `${from ?? 'select'}: ${positionCount(columns)} columns`,
};
