/**
 * The models that the benchmark of trees scores: grown on random rows by random splits, as ExtraTrees does, so
 * that shapes, depths and shares of pure leaves are those of real forests. The same in each run.
 */
export const MODELS = [
  {
    id: 'forest',
    text: '100 trees of depth 10, 3 classes',
    trees: 100,
    depth: 10,
    rows: 4000,
    features: 10,
    scores: 3,
  },
  {
    id: 'gradient-boosting',
    text: '300 trees of depth 3',
    trees: 300,
    depth: 3,
    rows: 500,
    features: 10,
    scores: 1,
  },
  {
    id: 'xgboost',
    text: '300 trees of depth 6',
    trees: 300,
    depth: 6,
    rows: 500,
    features: 30,
    scores: 1,
    strict: true,
    missing: true,
  },
  {
    id: 'large-forest',
    text: '300 trees without a limit',
    trees: 300,
    depth: 60,
    rows: 2150,
    features: 30,
    scores: 3,
  },
];

/** A generator of numbers between 0 and 1 (Marsaglia's xorshift with 32 bits). */
export function random(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Rows of float32 numbers between 0 and 1. */
export function randomRows(count, features, seed) {
  const next = random(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: features }, () => Math.fround(next())),
  );
}

/** The trees of a model as parallel arrays over their nodes, as libraries store them. */
export function grow({ trees, depth, rows, features, scores }) {
  const next = random(42);
  const sample = randomRows(rows, features, 7);
  const classes = sample.map((row) => Math.floor((row[0] + row[1] + next() / 4) % scores));
  return Array.from({ length: trees }, () =>
    growTree(sample, classes, { depth, features, scores }, next),
  );
}

function growTree(sample, classes, { depth, features, scores }, next) {
  const tree = {
    left: [],
    right: [],
    feature: [],
    threshold: [],
    values: [],
    weight: [],
    missingLeft: [],
  };
  const pending = [{ members: sample.map((_, i) => i), level: 0, attach: () => undefined }];
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { members, level, attach } = task;
    const node = tree.left.length;
    attach(node);
    const split =
      level < depth && members.length > 1
        ? chooseSplit(sample, members, features, next)
        : undefined;
    tree.left.push(-1);
    tree.right.push(-1);
    tree.feature.push(split?.feature ?? -2);
    tree.threshold.push(split?.threshold ?? -2);
    tree.weight.push(members.length);
    tree.missingLeft.push(Number(next() < 0.5));
    tree.values.push(...leafValues(members, classes, scores, next));
    if (!split) continue;
    pending.push({
      members: split.right,
      level: level + 1,
      attach: (child) => (tree.right[node] = child),
    });
    pending.push({
      members: split.left,
      level: level + 1,
      attach: (child) => (tree.left[node] = child),
    });
  }
  return tree;
}

function chooseSplit(sample, members, features, next) {
  for (let attempt = 0; attempt < 8; attempt++) {
    const feature = Math.floor(next() * features);
    const values = members.map((i) => sample[i][feature]);
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    // In single precision, so that onnxruntime, which has no other, tests the same thresholds.
    const threshold = Math.fround(low + next() * (high - low));
    const left = members.filter((_, i) => values[i] < threshold);
    const right = members.filter((_, i) => !(values[i] < threshold));
    if (left.length > 0 && right.length > 0) return { feature, threshold, left, right };
  }
  return undefined;
}

function leafValues(members, classes, scores, next) {
  if (scores === 1) return [Math.fround(next() - 0.5)];
  const counts = Array.from({ length: scores }, () => 0);
  for (const i of members) counts[classes[i]]++;
  return counts.map((count) => count / members.length);
}
