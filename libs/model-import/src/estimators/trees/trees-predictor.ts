import {
  buildTrees,
  type PredictorSpec,
  type TreeNodes,
  type TreesOptions,
  TreeStructureError,
} from '@inferserve/model';
import type { ModelImportError } from '../../files/bytes/model-import.error';
import type { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';

/** Thresholds of each column that go into verification rows. */
const SAMPLES = 8;

/** Where trees come from, for messages. */
interface Faulty {
  fault(problem: string, remedy: string): ModelImportError;
}

/**
 * The predictor of trees over the columns of a layout, and what it amounts to in words. Columns of the request
 * get some thresholds as samples.
 * @throws ModelImportError for trees that are none, or more nodes than the limit
 */
export function treesPredictor(
  estimator: Faulty,
  trees: Iterable<TreeNodes>,
  input: Layout,
  options: Omit<TreesOptions, 'width'>,
): { readonly predictor: PredictorSpec; readonly detail: string } {
  const counts = { trees: 0, nodes: 0 };
  const counted = function* () {
    for (const tree of trees) {
      counts.trees++;
      counts.nodes += tree.left.length;
      if (counts.nodes > LIMITS.treeNodes) {
        throw estimator.fault(
          `holds more than ${LIMITS.treeNodes} nodes`,
          'Fit fewer trees, or limit their depth.',
        );
      }
      sampleThresholds(tree, input);
      yield tree;
    }
  };
  try {
    const predictor = buildTrees(counted(), { ...options, width: input.width });
    if (counts.trees === 0) throw estimator.fault('holds no trees', 'Fit it before saving it.');
    return { predictor, detail: `${counts.trees} trees, ${counts.nodes} nodes` };
  } catch (error) {
    if (!(error instanceof TreeStructureError)) throw error;
    throw estimator.fault(
      `holds a tree that is damaged: ${error.message}`,
      'Check the model in Python and save it again.',
    );
  }
}

function sampleThresholds({ left, feature, threshold }: TreeNodes, { columns }: Layout): void {
  for (let i = 0; i < Math.min(left.length, 256); i++) {
    const source = columns[feature[i]!]?.source;
    const limit = threshold[i]!;
    if (left[i]! < 0 || !source || source.samples.length >= 2 * SAMPLES) continue;
    if (!Number.isFinite(limit)) continue;
    const step = Math.abs(limit) / 8 + 1e-3;
    source.samples.push(limit - step, limit + step);
  }
}
