import { CompiledModel, type ColumnSpec, sealArtifact } from '@inferserve/model';
import { assemble } from '../../assembly/assemble';
import { ModelImportError } from '../../files/bytes/model-import.error';
import type { JsonValue } from '../../files/json/json-value';
import { openXgboost } from './open-xgboost';

type Json = { readonly [key: string]: JsonValue };

/** x0 < 1 (missing values left) ? low : high. */
function stump(low: number, high: number): Json {
  return {
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [0, 0, 0],
    split_conditions: [1, low, high],
    default_left: [1, 0, 0],
    sum_hessian: [2, 1, 1],
    tree_param: { size_leaf_vector: '0' },
  };
}

interface Parts {
  readonly objective?: string;
  readonly trees?: readonly Json[];
  readonly param?: Json;
  readonly attributes?: Json;
  readonly model?: Json;
  readonly booster?: Json;
}

function documentOf({
  objective = 'reg:squarederror',
  trees = [stump(-1, 2)],
  param = {},
  attributes = {},
  model = {},
  booster = {},
}: Parts): Json {
  return {
    learner: {
      attributes,
      feature_names: [],
      feature_types: [],
      learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: '1', ...param },
      objective: { name: objective },
      gradient_booster: {
        name: 'gbtree',
        model: { trees, tree_info: trees.map(() => 0), ...model },
        ...booster,
      },
    },
  };
}

function compiled(document: Json): CompiledModel {
  const { model, columns } = assemble(openXgboost(document), [], ['x0']);
  const { task, output, pipeline, predictor } = model;
  const common = {
    name: 'x',
    version: '1',
    columns: columns as readonly ColumnSpec[],
    pipeline,
    predictor,
    provenance: { source: 'imported' as const },
    verification: { tolerance: 1e-6, cases: [] },
  };
  return new CompiledModel(
    sealArtifact(
      task === 'regression'
        ? { ...common, task, output }
        : { ...common, task, output, classes: model.classes },
    ),
  );
}

function valueOf(parts: Parts, x: number | null): number {
  const answer = compiled(documentOf(parts)).score([x]);
  if (answer.task !== 'regression') throw new Error('not a regressor');
  return answer.value;
}

const FOUR_ROUNDS = [1, 10, 100, 1000].map((leaf) => stump(leaf, leaf));

describe(openXgboost.name, () => {
  it('starts from base_score, goes left below the threshold and where the default says', () => {
    expect([0.99999, 1, null].map((x) => valueOf({}, x))).toEqual([-0.5, 2.5, -0.5]);
  });

  it.each([
    ['rounds of one tree', { best_iteration: '1' }, {}, 11.5],
    [
      'parallel trees',
      { best_iteration: '0' },
      { gbtree_model_param: { num_parallel_tree: '2' } },
      11.5,
    ],
    [
      'parallel trees that only an attribute counts',
      { best_iteration: '0', best_ntree_limit: '2' },
      {},
      11.5,
    ],
    ['rounds by their starts', { best_iteration: '0' }, { iteration_indptr: [0, 3, 4] }, 111.5],
    ['all rounds where none is the best', {}, {}, 1111.5],
    ['a best round behind the last', { best_iteration: '9' }, {}, 1111.5],
  ])('uses the rounds up to the best one: %s', (_, attributes, model, expected) => {
    expect(valueOf({ trees: FOUR_ROUNDS, attributes, model }, 0)).toBe(expected);
  });

  it('counts a tree for each class as one round', () => {
    const document = documentOf({
      objective: 'multi:softprob',
      trees: [stump(3, 0), stump(0, 3), stump(0, 0), stump(0, 0), stump(9, 9), stump(0, 0)],
      param: { num_class: '3', base_score: '[1E0,1E0,1E0]' },
      attributes: { best_iteration: '0' },
      model: { tree_info: [0, 1, 2, 0, 1, 2] },
    });
    const model = compiled(document);
    expect(model.score([0])).toMatchObject({ label: 0 });
    expect(model.score([2])).toMatchObject({ label: 1 });
  });

  it('adds in single precision', () => {
    const trees = [stump(2 ** -24, 0), stump(2 ** -24, 0)];
    // Each addition to 1 is lost; together they would not be.
    expect(valueOf({ trees, param: { base_score: '1E0' } }, 0)).toBe(1);
  });

  it.each([
    // ln of base, then exp: with leaves of ln 2 the base doubles.
    ['count:poisson', '3E0', Math.log(2), 6],
    // The logit of 1/4 is -ln 3; with a leaf of ln 3 that is 0, whose sigmoid is 1/2.
    ['reg:logistic', '2.5E-1', Math.log(3), 0.5],
  ])('%s takes base_score through its link', (objective, base, leaf, expected) => {
    const value = valueOf({ objective, trees: [stump(leaf, 0)], param: { base_score: base } }, 0);
    expect(value).toBeCloseTo(expected, 5);
  });

  it('binary:logitraw compares the raw score with 1/2', () => {
    const model = compiled(
      documentOf({
        objective: 'binary:logitraw',
        trees: [stump(0.25, 0.5)],
        param: { base_score: '1E-1' },
      }),
    );
    expect(model.score([0])).toMatchObject({ label: 0 });
    expect(model.score([2])).toMatchObject({ label: 1 });
    expect(model.hasProbabilities).toBe(false);
  });

  it('dart: each leaf times the weight of its tree', () => {
    const booster = { name: 'dart', weight_drop: [0.5] };
    expect(valueOf({ booster }, 2)).toBe(1.5);
  });

  it.each<[string, Parts, RegExp]>([
    ['ranking', { objective: 'rank:pairwise' }, /objective "rank:pairwise"/],
    ['survival', { objective: 'survival:cox' }, /objective "survival:cox"/],
    ['several targets', { param: { num_target: '2' } }, /several targets/],
    ['an unknown booster', { booster: { name: 'gbforest' } }, /kind "gbforest"/],
    ['a base_score of no number', { param: { base_score: 'x' } }, /base_score/],
    [
      'a base_score without a logarithm',
      { objective: 'reg:gamma', param: { base_score: '-1' } },
      /link/,
    ],
    ['too few classes of trees', { model: { tree_info: [] } }, /0 elements for 1 trees/],
    [
      'a foreign feature',
      { trees: [{ ...stump(0, 1), split_indices: [1, 0, 0] }] },
      /does not exist/,
    ],
    [
      'a cycle',
      { trees: [{ ...stump(0, 1), left_children: [0, -1, -1] }] },
      /another node has too/,
    ],
    ['leaves that are not finite', { trees: [stump(Infinity, 1)] }, /no finite number/],
    ['short arrays', { trees: [{ ...stump(0, 1), right_children: [] }] }, /damaged/],
    ['too few drop weights', { booster: { name: 'dart', weight_drop: [] } }, /too few/],
    [
      'categories outside their list',
      {
        trees: [
          {
            ...stump(0, 1),
            categories: [1],
            categories_nodes: [0],
            categories_segments: [0],
            categories_sizes: [2],
          },
        ],
      },
      /outside the categories/,
    ],
  ])('refuses %s', (_, parts, reason) => {
    const convert = () => compiled(documentOf(parts));
    expect(convert).toThrow(reason);
    expect(convert).toThrow(ModelImportError);
  });
});
