import { ModelImportError } from '../bytes/model-import.error';
import { readModelFile } from '../read-model-file';
import { isXgboostBinary, readXgboostBinary } from './xgboost-binary';

/** A structure of numbers in 4 bytes each, the rest zeros. */
function structure(
  bytes: number,
  ...numbers: readonly (number | readonly [float: number])[]
): Buffer {
  const buffer = Buffer.alloc(bytes);
  for (const [i, number] of numbers.entries()) {
    if (typeof number === 'number') buffer.writeInt32LE(number, 4 * i);
    else buffer.writeFloatLE(number[0], 4 * i);
  }
  return buffer;
}

function length(count: number): Buffer {
  return structure(8, count);
}

function text(value: string): Buffer {
  return Buffer.concat([length(value.length), Buffer.from(value)]);
}

const DEFAULT_LEFT = 0x8000_0000 | 0;
const TREE = Buffer.concat([
  structure(148, 1, 3),
  // Parent, left, right, feature, threshold or leaf.
  structure(20, -1, 1, 2, DEFAULT_LEFT + 1, [0.5]),
  structure(20, 0, -1, -1, 0, [-1]),
  structure(20, 0, -1, -1, 0, [2]),
  structure(16, [9], [7]),
  structure(16, [0], [3]),
  structure(16, [0], [4]),
]);

interface Parts {
  readonly header?: string;
  readonly base?: number;
  readonly major?: number;
  readonly objective?: string;
  readonly booster?: string;
  readonly trees?: readonly Buffer[];
  readonly treeCount?: number;
  readonly tail?: readonly Buffer[];
  readonly hasMetrics?: boolean;
}

/** Two features, no class; the tail starts with the attributes. */
function model({
  header = 'binf',
  base = 0.25,
  major = 1,
  objective = 'reg:linear',
  booster = 'gbtree',
  trees = [TREE],
  treeCount = trees.length,
  hasMetrics = false,
  tail = [length(1), text('best_iteration'), text('7')],
}: Parts = {}): Buffer {
  return Buffer.concat([
    Buffer.from(header),
    structure(136, [base], 2, 0, 1, Number(hasMetrics), major, 2),
    text(objective),
    text(booster),
    structure(160, treeCount, 1),
    ...trees,
    structure(4 * trees.length),
    ...tail,
  ]);
}

const DOCUMENT = {
  version: [1, 2],
  learner: {
    attributes: { best_iteration: '7' },
    learner_model_param: { base_score: 0.25, num_feature: 2, num_class: 0, num_target: 0 },
    objective: { name: 'reg:linear' },
    gradient_booster: {
      name: 'gbtree',
      model: {
        gbtree_model_param: { num_parallel_tree: 1 },
        trees: [
          {
            tree_param: { size_leaf_vector: 0 },
            left_children: Int32Array.of(1, -1, -1),
            right_children: Int32Array.of(2, -1, -1),
            split_indices: Int32Array.of(1, 0, 0),
            default_left: Uint8Array.of(1, 0, 0),
            split_conditions: Float32Array.of(0.5, -1, 2),
            sum_hessian: Float32Array.of(7, 3, 4),
          },
        ],
        tree_info: Int32Array.of(0),
      },
    },
  },
};

describe(readXgboostBinary.name, () => {
  it.each([
    ['with its header', model()],
    ['without, as up to 1.0', model({ header: '' })],
    [
      'before a configuration, as in pickles of 1.0 to 1.2',
      Buffer.concat([
        Buffer.from('CONFIG-offset:'),
        length(model().length),
        model(),
        Buffer.from('{"learner":{}}'),
      ]),
    ],
  ])('reads a model %s', (_, bytes) => {
    expect(isXgboostBinary(bytes)).toBe(true);
    expect(readXgboostBinary(bytes)).toEqual(DOCUMENT);
  });

  it('passes over what XGBoost before 1.0 put behind the attributes', () => {
    const settings = [length(0), text('0.7'), length(2), text('rmse'), text('auc')];
    const bytes = model({
      major: 0,
      objective: 'count:poisson',
      hasMetrics: true,
      tail: settings,
    });
    expect(readXgboostBinary(bytes)).toMatchObject({
      version: [0, 2],
      learner: { attributes: {} },
    });
  });

  it('reads the weights of dart and gblinear', () => {
    const floats = Buffer.concat([length(1), structure(4, [0.75])]);
    expect(readXgboostBinary(model({ booster: 'dart', tail: [floats, length(0)] }))).toMatchObject({
      learner: { gradient_booster: { weight_drop: Float32Array.of(0.75), gbtree: { model: {} } } },
    });
    const linear = Buffer.concat([
      structure(136, [0.5], 2),
      text('reg:linear'),
      text('gblinear'),
      structure(136),
      floats,
    ]);
    expect(readXgboostBinary(linear)).toMatchObject({
      learner: { gradient_booster: { model: { weights: Float32Array.of(0.75) } } },
    });
  });

  it('takes a base score that looks like another format for what it is', () => {
    // The first bytes of zlib, of a pickle and of a Windows program.
    for (const start of ['\x78\x9c', '\x80\x04', 'MZ']) {
      const bytes = model({ header: '' });
      bytes.write(start, 'latin1');
      expect(readModelFile(bytes)).toMatchObject({ format: 'xgboost', encoding: 'binary' });
    }
  });

  it('takes no other bytes for a model', () => {
    expect(isXgboostBinary(Buffer.alloc(500))).toBe(false);
    expect(isXgboostBinary(Buffer.from('{"learner":{}}'))).toBe(false);
  });

  it('keeps an attribute of any name', () => {
    const tail = [length(1), text('__proto__'), text('x')];
    const { learner } = readXgboostBinary(model({ tail })) as unknown as {
      learner: { attributes: object };
    };
    expect(Object.keys(learner.attributes)).toEqual(['__proto__']);
  });

  it.each([
    ['several roots', model({ trees: [structure(148, 2, 3)] }), /several roots/],
    ['more trees than bytes', model({ treeCount: 2 ** 31 - 1 }), /announces 2147483647 elements/],
    ['a negative number of trees', model({ treeCount: -1 }), /announces -1 elements/],
    [
      'more nodes than bytes',
      model({ trees: [structure(148, 1, 1_000_000)] }),
      /announces 1000000/,
    ],
    ['bytes behind the model', model({ tail: [length(0), length(0)] }), /8 bytes after/],
    ['a long text', model({ tail: [length(1), length(2 ** 30)] }), /ends where|announces/],
  ])('refuses %s', (_, bytes, problem) => {
    expect(() => readXgboostBinary(bytes)).toThrow(problem);
    expect(() => readXgboostBinary(bytes)).toThrow(ModelImportError);
  });

  it('refuses every beginning of a model', () => {
    const bytes = model();
    for (let end = 4; end < bytes.length; end++) {
      expect(() => readXgboostBinary(bytes.subarray(0, end))).toThrow(ModelImportError);
    }
  });
});
