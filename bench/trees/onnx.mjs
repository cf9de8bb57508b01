/** Enough of Protocol Buffers and ONNX to write a graph of one TreeEnsembleRegressor (ai.onnx.ml 3). */
const FLOAT_TENSOR = 1;
const TYPES = { FLOAT: 1, INT: 2, STRING: 3, FLOATS: 6, INTS: 7, STRINGS: 8 };

/** The trees as a model that gives the sum of their leaves, or the mean where `average` says so. */
export function treeEnsemble(
  trees,
  { features, scores, strict = false, average = false, missing = false },
) {
  const nodes = {
    tree: [],
    id: [],
    feature: [],
    value: [],
    mode: [],
    yes: [],
    no: [],
    missing: [],
  };
  const leaves = { tree: [], node: [], target: [], weight: [] };
  trees.forEach((tree, t) => {
    tree.left.forEach((left, i) => {
      const isLeaf = left < 0;
      nodes.tree.push(t);
      nodes.id.push(i);
      nodes.feature.push(isLeaf ? 0 : tree.feature[i]);
      nodes.value.push(isLeaf ? 0 : tree.threshold[i]);
      nodes.mode.push(isLeaf ? 'LEAF' : strict ? 'BRANCH_LT' : 'BRANCH_LEQ');
      nodes.yes.push(isLeaf ? 0 : left);
      nodes.no.push(isLeaf ? 0 : tree.right[i]);
      nodes.missing.push(isLeaf ? 0 : tree.missingLeft[i]);
      if (!isLeaf) return;
      for (let k = 0; k < scores; k++) {
        leaves.tree.push(t);
        leaves.node.push(i);
        leaves.target.push(k);
        leaves.weight.push(tree.values[i * scores + k]);
      }
    });
  });
  const node = [
    text(1, 'X'),
    text(2, 'Y'),
    text(4, 'TreeEnsembleRegressor'),
    text(7, 'ai.onnx.ml'),
    integer('n_targets', scores),
    string('aggregate_function', average ? 'AVERAGE' : 'SUM'),
    string('post_transform', 'NONE'),
    integers('nodes_treeids', nodes.tree),
    integers('nodes_nodeids', nodes.id),
    integers('nodes_featureids', nodes.feature),
    floats('nodes_values', nodes.value),
    strings('nodes_modes', nodes.mode),
    integers('nodes_truenodeids', nodes.yes),
    integers('nodes_falsenodeids', nodes.no),
    ...(missing ? [integers('nodes_missing_value_tracks_true', nodes.missing)] : []),
    integers('target_treeids', leaves.tree),
    integers('target_nodeids', leaves.node),
    integers('target_ids', leaves.target),
    floats('target_weights', leaves.weight),
  ];
  const graph = [
    message(1, node),
    text(2, 'trees'),
    value(11, 'X', features),
    value(12, 'Y', scores),
  ];
  const opset = (domain, version) => message(8, [text(1, domain), number(2, version)]);
  return Buffer.concat([number(1, 8), message(7, graph), opset('', 15), opset('ai.onnx.ml', 3)]);
}

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

function bytes(field, content) {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

const message = (field, parts) => bytes(field, Buffer.concat(parts));
const text = (field, content) => bytes(field, Buffer.from(content));
const number = (field, content) => Buffer.concat([varint(field * 8), varint(content)]);

function attribute(name, type, parts) {
  return message(5, [text(1, name), number(20, TYPES[type]), ...parts]);
}

const integer = (name, content) => attribute(name, 'INT', [number(3, content)]);
const string = (name, content) => attribute(name, 'STRING', [text(4, content)]);
const integers = (name, all) => attribute(name, 'INTS', [bytes(8, Buffer.concat(all.map(varint)))]);
const floats = (name, all) =>
  attribute(name, 'FLOATS', [bytes(7, Buffer.from(Float32Array.from(all).buffer))]);
const strings = (name, all) =>
  attribute(
    name,
    'STRINGS',
    all.map((each) => text(9, each)),
  );

function value(field, name, columns) {
  const shape = [message(1, [text(2, 'N')]), message(1, [number(1, columns)])];
  const tensor = message(1, [number(1, FLOAT_TENSOR), message(2, shape)]);
  return message(field, [text(1, name), message(2, [tensor])]);
}
