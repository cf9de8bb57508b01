import type { TreeNodes } from '@inferserve/model';
import type { JsonNode } from '../../files/json/json-node';
import type { JsonValue } from '../../files/json/json-value';
import type { ConvertContext, ConvertedModel, FoundModel } from '../contract/converter';
import type { Layout } from '../layout/layout';
import { treesPredictor } from '../trees/trees-predictor';
import { branchingTree } from './branching-tree';
import { type CatBoostModel, readCatBoostModel } from './catboost-model';
import { classLabels } from './class-labels';
import { LOSS_FUNCTIONS, type LossOutput } from './loss-functions';
import { NodeList } from './node-list';
import { SplitReader } from './split-reader';
import { symmetricTree } from './symmetric-tree';

/** The model of a document that CatBoost's `save_model(…, format="json")` wrote. */
export function openCatBoost(document: JsonValue): FoundModel {
  const model = readCatBoostModel(document);
  const loss = LOSS_FUNCTIONS.get(model.lossFunction);
  if (!loss) {
    throw model.info.fault(
      model.lossFunction === ''
        ? 'does not state the loss function'
        : `states the loss function "${model.lossFunction.slice(0, 60)}", which is not supported`,
      'docs/import-your-model.md lists the loss functions; those for ranking and for several targets are not among them.',
    );
  }
  const scoreCount = scoreCountOf(model, loss);
  const type = loss.task === 'classification' ? 'CatBoostClassifier' : 'CatBoostRegressor';
  return {
    type,
    input: model.input,
    isBare: false,
    ...(loss.task === 'classification' && { classCount: Math.max(2, scoreCount) }),
    convert(input, context) {
      const converted = convertCatBoost(model, loss, scoreCount, input, context);
      context.step({ type, ...(converted.detail !== undefined && { detail: converted.detail }) });
      return converted;
    },
  };
}

/** All arithmetic but the comparisons is float64. */
function convertCatBoost(
  model: CatBoostModel,
  loss: LossOutput,
  scoreCount: number,
  input: Layout,
  context: ConvertContext,
): ConvertedModel {
  const { info, scale } = model;
  if (input.length !== model.input.count) {
    throw info.fault(
      `takes ${model.input.count} features, but the steps before it give ${input.length}`,
      'Check the files in Python and save them again.',
    );
  }
  const classes =
    loss.task === 'classification' ? classLabels(info, Math.max(2, scoreCount)) : undefined;
  if (classes && info.get('binclass_probability_threshold').exists) {
    throw info
      .get('binclass_probability_threshold')
      .fault(
        'sets a probability from which the second class is predicted, which is not supported',
        'Save it without: model.set_probability_threshold(0.5); apply yours to the probabilities of the answers.',
      );
  }
  const faulty = { fault: (problem: string, remedy: string) => info.fault(problem, remedy) };
  const { predictor, detail } = treesPredictor(faulty, treesOf(model, scoreCount, input), input, {
    precision: 'float32',
    comparison: '<=',
    missing: 'allow',
    infinite: 'allow',
    combine: { type: 'sum', base: Array.from({ length: scoreCount }, () => 0) },
    leafWidth: scoreCount,
    categories: { rule: 'listed-right' },
    from: 'CatBoost',
  });
  if (scale !== 1) context.warn(`its scores are scaled by ${scale}, which set_scale_and_bias did`);
  const parts = { pipeline: [], predictor, detail };
  return loss.task === 'regression'
    ? { ...parts, task: 'regression', output: loss.output }
    : { ...parts, task: 'classification', output: loss.output, classes: classes! };
}

/** The bias is a last tree of one leaf: it is added when all leaves have been. */
function* treesOf(model: CatBoostModel, scoreCount: number, input: Layout): Generator<TreeNodes> {
  const reader = new SplitReader(model, input);
  const { obliviousTrees, trees, scale, biases } = model;
  const [list, read] = obliviousTrees.exists
    ? [obliviousTrees, symmetricTree]
    : [trees, branchingTree];
  for (const tree of list.list()) yield read(tree, scoreCount, reader).finish(scale);
  if (biases.some((bias) => bias !== 0)) {
    const last = new NodeList(1, scoreCount);
    last.leaf(
      0,
      Array.from({ length: scoreCount }, (_, k) => biases[k] ?? biases[0]!),
      0,
    );
    yield last.finish(1);
  }
}

function scoreCountOf({ obliviousTrees, trees, info }: CatBoostModel, loss: LossOutput): number {
  const [tree] = (obliviousTrees.exists ? obliviousTrees : trees).list();
  if (!tree) throw info.fault('is of a model without trees', 'Fit it before saving it.');
  const scoreCount = obliviousTrees.exists ? symmetricScores(tree) : branchingScores(tree);
  const isMany = loss.task === 'classification' && !loss.isBinary;
  if (Number.isInteger(scoreCount) && (isMany ? scoreCount > 1 : scoreCount === 1)) {
    return scoreCount;
  }
  throw info.fault(`has leaves of ${scoreCount} numbers, which does not fit its loss function`);
}

function symmetricScores(tree: JsonNode): number {
  const splits = tree.get('splits');
  const levels = splits.exists ? splits.list().length : 0;
  return tree.get('leaf_values').numbers().length / 2 ** levels;
}

function branchingScores(tree: JsonNode): number {
  let leaf = tree;
  while (leaf.get('split').exists) leaf = leaf.get('left');
  const value = leaf.get('value');
  return typeof value.value === 'number' ? 1 : value.numbers().length;
}
