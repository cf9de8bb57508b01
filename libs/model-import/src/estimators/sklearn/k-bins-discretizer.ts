import { packArray, type TransformSpec } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import type { PyValue } from '../../files/values/py-value';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';

/** The number of the bin that a value falls into, or a block of zeros with a 1 there. */
export const kBinsDiscretizer: TransformerConverter = {
  names: ['sklearn.KBinsDiscretizer'],
  role: 'transformer',
  docs: 'every strategy and encoding',
  versions: '1.1 to 1.9',
  exactness: 'exact',
  convert(discretizer, input) {
    if (!discretizer.isSince(1, 1)) {
      throw discretizer.fault(
        `was written by ${discretizer.writer}, which moved values close to an edge into the next bin`,
        'Fit it again with scikit-learn 1.1 or later.',
      );
    }
    const edges = edgesOf(discretizer, input.length);
    for (const [j, { source }] of input.columns.entries()) source?.samples.push(...edges[j]!);
    const inner = edges.map((values) => packArray(values.slice(1, -1)));
    const bins: TransformSpec = { type: 'bins', edges: inner, from: 'KBinsDiscretizer' };
    const encode = discretizer.text('encode') ?? 'onehot';
    if (encode === 'ordinal') return { specs: [bins], output: input.transformed() };
    const counts = edges.map(({ length }) => length - 1);
    const blocks = counts.map((width) => ({
      width,
      outputs: packArray(Int32Array.from({ length: width }, (_, bin) => bin)),
    }));
    const names = input.names.flatMap((name, j) =>
      Array.from({ length: counts[j]! }, (_, bin) =>
        name === undefined ? undefined : `${name}_${bin}.0`,
      ),
    );
    return {
      specs: [bins, { type: 'one-hot', blocks, from: 'KBinsDiscretizer' }],
      output: Layout.computed(names, encode === 'onehot'),
    };
  },
};

/** `bin_edges_`, the outermost ones included. */
function edgesOf(discretizer: Estimator, count: number): Float64Array[] {
  const all = asNdArray(discretizer.require('bin_edges_'));
  const lists: PyValue[] = all?.dtype.kind === 'O' ? decodeElements(all) : [];
  // Columns with equally many bins may be one array of numbers.
  const numbers = all && all.dtype.kind !== 'O' ? decodeNumbers(all) : undefined;
  const width = numbers ? numbers.length / count : 0;
  const edges = numbers
    ? Array.from({ length: count }, (_, j) => numbers.slice(j * width, (j + 1) * width))
    : lists.map((list) => {
        const array = asNdArray(list);
        return array ? decodeNumbers(array) : new Float64Array();
      });
  const isSound =
    edges.length === count &&
    edges.every((list) => list.length >= 2 && list.slice(1, -1).every(Number.isFinite));
  if (isSound) return edges;
  throw discretizer.fault(
    `does not hold ${count} lists of edges`,
    'Check the discretizer in Python and save it again.',
    'bin_edges_',
  );
}
