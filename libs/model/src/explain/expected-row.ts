import type { Artifact } from '../artifact/artifact';
import type { ColumnSpec } from '../columns/columns';
import { float64Values } from '../artifact/numeric-array';
import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import { bindColumns } from '../compile/bind-columns';
import { clear } from '../vector';

type Distribution = NonNullable<Artifact['baseline']>['columns'][string];
type Value = string | number | boolean;

/**
 * What a predictor reads of an average row of the training: numbers at their mean, codes of categories by their shares.
 * Zeros where the artifact has no baseline of every column that makes up a row, which is the mean of standardized columns.
 * @param columnOf the column of each position of the predictor's input
 */
export function expectedRow(
  { columns, pipeline, baseline }: Artifact,
  columnOf: Int32Array,
): Float64Array {
  const { input: row, readers } = bindColumns(columns);
  const steps = COMPILE_CONTEXT.pipeline(pipeline, row, 'pipeline');
  const { values: output } = steps.output;
  const distributions = columns.map(({ name }) => baseline?.columns[name]);
  if (!distributions.every((distribution) => distribution !== undefined)) {
    return new Float64Array(output.length);
  }
  const run = (record: readonly Value[]): boolean => {
    if (row.nonzero) clear({ values: row.values, nonzero: row.nonzero });
    const isRead = readers.every((reader, j) => reader.read(record[j]));
    if (isRead) steps.run(1);
    return isRead;
  };
  const likely = columns.map((column, j) => likelyValues(column, distributions[j]!));
  const typical = likely.flatMap(([first]) => (first ? [first.value] : []));
  if (typical.length < columns.length || !run(typical)) return new Float64Array(output.length);
  const expected = Float64Array.from(output);
  for (const [j, values] of likely.entries()) {
    if (values.length === 1) continue;
    const sums = new Float64Array(output.length);
    let total = 0;
    for (const { value, share } of values) {
      if (!run(typical.with(j, value))) continue;
      total += share;
      for (let i = 0; i < sums.length; i++) sums[i]! += share * output[i]!;
    }
    for (let i = 0; i < sums.length; i++) if (columnOf[i] === j) expected[i] = sums[i]! / total;
  }
  return expected;
}

interface Likely {
  readonly value: Value;
  readonly share: number;
}

/** The mean of a number, the values of a category with their shares, the likeliest first. */
function likelyValues(column: ColumnSpec, distribution: Distribution): readonly Likely[] {
  if (distribution.type === 'quantiles') return [{ value: distribution.mean, share: 1 }];
  const { values = [false, true] } = column as { readonly values?: readonly Value[] };
  return [...float64Values(distribution.shares)]
    .map((share, i): Likely => ({ value: values[i]!, share }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}
