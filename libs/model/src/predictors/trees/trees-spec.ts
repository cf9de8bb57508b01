import * as v from 'valibot';
import { matrixSchema, numericArraySchema } from '../../artifact/numeric-array';

const finite = v.pipe(v.number(), v.finite());

const sumSchema = v.strictObject({
  type: v.literal('sum'),
  /** One number for each score; the sums start here. */
  base: numericArraySchema,
  /** Divides the sums; 1 where it is absent. The number of trees makes a forest's mean. */
  divisor: v.optional(v.pipe(finite, v.gtValue(0))),
  /** `float32`: each addition is rounded to single precision, as XGBoost adds. */
  precision: v.optional(v.picklist(['float64', 'float32'])),
});

const weightedMedianSchema = v.strictObject({
  type: v.literal('weighted-median'),
  /** One weight for each tree. */
  weights: numericArraySchema,
});

/** Sets of category codes that splits test, as bits in 32-bit words: code c is bit `c & 31` of word `c >> 5`. */
const categoriesSchema = v.strictObject({
  /** What happens to a code, to a negative one and to an unknown one: see `CategoryRule`. */
  rule: v.picklist(['listed-left', 'listed-left-known', 'listed-right']),
  /** Position in the input of each set's category. */
  features: numericArraySchema,
  /** Number of words of each set. */
  lengths: numericArraySchema,
  /** The words of all sets, one set after the other. */
  words: numericArraySchema,
  /** For `listed-left-known`: the codes that the training data held, one set for each feature that occurs. */
  known: v.optional(
    v.strictObject({
      features: numericArraySchema,
      lengths: numericArraySchema,
      words: numericArraySchema,
    }),
  ),
});

/**
 * Trees of one ensemble, all nodes in one list. A tree's nodes stand together, a parent before its children,
 * the right child right behind the left one.
 */
export const treesSchema = v.strictObject({
  type: v.literal('trees'),
  /** Precision of the row in comparisons: `float32` rounds each value once, thresholds never. */
  precision: v.picklist(['float64', 'float32']),
  /** Which values of `x compare threshold` go left. */
  comparison: v.picklist(['<=', '<']),
  /** Whether a row may hold missing values (each split says where they go) or has no answer with one. */
  missing: v.picklist(['allow', 'reject']),
  /** The same for values that are infinite, also those that become it by rounding. */
  infinite: v.picklist(['allow', 'reject']),
  /** Numbers that count as missing, beside NaN. */
  missingNumbers: v.optional(v.pipe(v.array(finite), v.maxLength(8), v.readonly())),
  /** First node of each tree. */
  roots: numericArraySchema,
  /** Left child of each node; 0 for a leaf. */
  left: numericArraySchema,
  /**
   * What each node tests: 0 for a leaf, 1 + 2f for position f of the input where missing values go right,
   * 2 + 2f where they go left. From f = width of the input on, f counts the sets of `categories`.
   */
  tests: numericArraySchema,
  /** Threshold of each split; for a leaf its row of `leaves`. */
  thresholds: numericArraySchema,
  /** Different leaves: one number for each score, or a single one with `treeScores`. */
  leaves: matrixSchema,
  /** Which score each tree adds to; absent where leaves hold all of them. */
  treeScores: v.optional(numericArraySchema),
  /** How many training rows came by each node, or their weight: needed for explanations only. */
  cover: v.optional(numericArraySchema),
  categories: v.optional(categoriesSchema),
  combine: v.variant('type', [sumSchema, weightedMedianSchema]),
  /** The estimator that it came from. */
  from: v.optional(v.string()),
});

export type TreesSpec = v.InferOutput<typeof treesSchema>;
export type SumSpec = v.InferOutput<typeof sumSchema>;
export type WeightedMedianSpec = v.InferOutput<typeof weightedMedianSchema>;
export type CategoriesSpec = NonNullable<TreesSpec['categories']>;
/**
 * `listed-left` (LightGBM): the integer part is listed → left; all others, negative and missing ones too → right.
 * `listed-left-known` (HistGradientBoosting): listed → left; known at training → right; negative, unknown and
 * missing → where the split sends missing values. `listed-right` (XGBoost): listed → right; others, negative
 * ones and those from 2^24 on → left; missing → where the split sends them.
 */
export type CategoryRule = CategoriesSpec['rule'];
