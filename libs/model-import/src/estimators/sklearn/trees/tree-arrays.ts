import { decodeField, decodeNumbers, hasField } from '../../../files/numpy/decode-numbers';
import { arrayOf } from '../../contract/arrays';
import type { Estimator } from '../../contract/estimator';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** The arrays of a fitted tree (`sklearn.tree._tree.Tree`), by node. */
export interface TreeArrays {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly feature: Float64Array;
  readonly threshold: Float64Array;
  /** Absent in files before 1.3, which knew no missing values. */
  readonly missingLeft: Float64Array | undefined;
  readonly sampleCounts: Float64Array;
  /** `width` numbers for each node: one for each class, or the value. */
  readonly values: Float64Array;
  readonly width: number;
}

/**
 * The tree of a decision tree estimator.
 * @throws ModelImportError for several outputs, or arrays that differ in length
 */
export function treeArrays(estimator: Estimator): TreeArrays {
  refuseSeveralOutputs(estimator);
  const tree = estimator.inner('tree_');
  const nodes = arrayOf(tree, 'nodes');
  const values = arrayOf(tree, 'values');
  const [count, outputs, width = 0] = values.shape;
  if (values.shape.length !== 3 || outputs !== 1) {
    throw estimator.fault(
      `predicts ${outputs ?? 'unknown'} outputs`,
      'Fit one model for each output.',
    );
  }
  const stated = tree.number('node_count');
  if (count !== nodes.size || nodes.size === 0 || width === 0 || (stated ?? count) !== count) {
    throw estimator.fault('holds a tree whose arrays differ in length', SAVE_AGAIN, 'tree_');
  }
  return {
    left: decodeField(nodes, 'left_child'),
    right: decodeField(nodes, 'right_child'),
    feature: decodeField(nodes, 'feature'),
    threshold: decodeField(nodes, 'threshold'),
    missingLeft: hasField(nodes, 'missing_go_to_left')
      ? decodeField(nodes, 'missing_go_to_left')
      : undefined,
    sampleCounts: decodeField(nodes, 'weighted_n_node_samples'),
    values: decodeNumbers(values),
    width,
  };
}

/** @throws ModelImportError for an estimator that was fitted on several targets at once */
export function refuseSeveralOutputs(estimator: Estimator): void {
  const outputs = estimator.number('n_outputs_') ?? 1;
  if (outputs === 1) return;
  throw estimator.fault(
    `predicts ${outputs} outputs for each row`,
    'Fit one model for each output; an artifact answers with one class or one value.',
  );
}
