import { packArray, packMatrix, type TransformSpec } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { denseTable } from './dense-table';

/** Below this scikit-learn (since 1.4) divides by it when it whitens. */
const LEAST_SCALE = Number.EPSILON;

/** Rows along the principal components. */
export const principalComponents: TransformerConverter = {
  names: ['sklearn.PCA', 'sklearn.IncrementalPCA'],
  role: 'transformer',
  docs: 'every solver; whiten',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  convert(decomposition, input) {
    const { project, count } = projection(decomposition, input.width, true);
    const specs: TransformSpec[] = [project];
    if (decomposition.flag('whiten', false)) {
      const variance = vectorOf(decomposition, 'explained_variance_', count);
      const scale = variance.map((value) => Math.max(Math.sqrt(value), LEAST_SCALE));
      specs.push({
        type: 'standardize',
        center: null,
        scale: packArray(scale),
        from: 'PCA(whiten=True)',
      });
    }
    return { specs, output: components(decomposition, count) };
  },
};

/** Rows along the singular vectors. */
export const truncatedSvd: TransformerConverter = {
  names: ['sklearn.TruncatedSVD'],
  role: 'transformer',
  docs: 'every algorithm',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  convert(decomposition, input) {
    const { project, count } = projection(decomposition, input.width, false);
    return { specs: [project], output: components(decomposition, count) };
  },
};

/** Rows along independent components. */
export const independentComponents: TransformerConverter = {
  names: ['sklearn.FastICA'],
  role: 'transformer',
  docs: 'every algorithm and whiten',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  convert(decomposition, input) {
    // Without whitening nothing is centred, and there is no mean.
    const { project, count } = projection(decomposition, input.width, true);
    return { specs: [project], output: components(decomposition, count) };
  },
};

/** Rows along random directions. */
export const randomProjections: TransformerConverter = {
  names: ['sklearn.GaussianRandomProjection', 'sklearn.SparseRandomProjection'],
  role: 'transformer',
  docs: 'every setting',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  convert(projector, input) {
    const { project, count } = projection(projector, input.width, false);
    return { specs: [project], output: components(projector, count) };
  },
};

function projection(
  decomposition: Estimator,
  width: number,
  isCentred: boolean,
): { readonly project: TransformSpec; readonly count: number } {
  const { values, rows, columns } = denseTable(decomposition, 'components_');
  if (columns !== width) {
    throw decomposition.fault(
      `has components of ${columns} numbers for ${width} columns`,
      'Check the decomposition in Python and save it again.',
      'components_',
    );
  }
  const mean =
    isCentred && decomposition.get('mean_') !== null
      ? packArray(vectorOf(decomposition, 'mean_', width))
      : null;
  return {
    project: {
      type: 'project',
      components: packMatrix(values, columns),
      mean,
      from: decomposition.className,
    },
    count: rows,
  };
}

/** `pca0`, `pca1`, … as scikit-learn names them. */
function components({ className }: Estimator, count: number): Layout {
  return Layout.computed(Array.from({ length: count }, (_, k) => `${className.toLowerCase()}${k}`));
}
