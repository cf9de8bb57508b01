import type { ArtifactContent, PreprocessingStep, VerificationCase } from '@inferserve/model';

/** Correct float64 arithmetic in another order differs by less than 1e-14. */
export const VERIFICATION_TOLERANCE = 1e-12;

const MAX_CLASS_ROWS = 10;
/** Cases of wide models stay few, so that the artifact stays small. */
const MAX_NUMBERS = 20_000;
/** Rows whose two best scores are closer than this say little about which class is right. */
const CLEAR_MARGIN = 1e-9;

type Content = Pick<ArtifactContent, 'preprocessing' | 'classes' | 'model'>;

/**
 * Rows inside and outside the training range with their answers. They are worked out here in the plainest
 * way, with nothing of the code that serves: the two are compared whenever the artifact is loaded.
 */
export function verificationCases(content: Content, featureCount: number): VerificationCase[] {
  const limit = Math.max(1, Math.floor(MAX_NUMBERS / featureCount));
  const answered = probeRows(content, featureCount, limit).map((row) => answer(content, row));
  const clear = answered.filter(({ margin }) => margin > CLEAR_MARGIN);
  return (clear.length > 0 ? clear : answered).map(({ verificationCase }) => verificationCase);
}

/** The centre of the data, a step towards each class, steps to each side, and a far row. */
function probeRows(
  { preprocessing, model }: Content,
  featureCount: number,
  limit: number,
): number[][] {
  const { center, spread } = typicalRange(preprocessing[0], featureCount);
  const towards = model.coefficients
    .slice(0, MAX_CLASS_ROWS)
    .map((row) => (j: number) => 1.5 * Math.sign(row[j]!));
  const [only] = model.coefficients;
  const directions: ((feature: number) => number)[] = [
    () => 0,
    ...towards,
    ...(only && model.coefficients.length === 1 ? [(j: number) => -1.5 * Math.sign(only[j]!)] : []),
    (j) => (j % 2 === 0 ? 1 : -1),
    () => 1,
    () => -1,
    (j) => (j % 3 === 0 ? 8 : -5),
  ];
  return directions
    .slice(0, limit)
    .map((offset) =>
      center.map((middle, j) => Number((middle + spread[j]! * offset(j)).toPrecision(6))),
    );
}

/** Where the first step says the training data lay. */
function typicalRange(step: PreprocessingStep | undefined, featureCount: number) {
  const zeros = Array<number>(featureCount).fill(0);
  const ones = Array<number>(featureCount).fill(1);
  if (step?.type === 'affine') {
    // x · multiply + add fills 0 … 1 for the training data: 0.5 is the middle.
    const usable = step.multiply.map((factor) => (factor === 0 ? 1 : factor));
    return {
      center: step.add.map((offset, j) => (0.5 - offset) / usable[j]!),
      spread: usable.map((factor) => 0.25 / factor),
    };
  }
  return { center: step?.center ?? zeros, spread: step?.scale ?? ones };
}

function answer({ preprocessing, classes, model }: Content, row: readonly number[]) {
  const x = preprocessing.reduce<readonly number[]>(transformed, row);
  const scores = model.coefficients.map(
    (weights, k) =>
      weights.reduce((score, weight, j) => score + weight * x[j]!, 0) + model.intercepts[k]!,
  );
  const [single = 0] = scores;
  const comparable = scores.length === 1 ? [0, single] : scores;
  const best = comparable.indexOf(Math.max(...comparable));
  const rest = comparable.filter((_, k) => k !== best);
  const probabilities = plainProbabilities(model.probability, scores);
  const verificationCase: VerificationCase = {
    input: row,
    label: classes[best]!,
    ...(probabilities?.every(Number.isFinite) && { probabilities }),
  };
  return { verificationCase, margin: comparable[best]! - Math.max(...rest) };
}

function transformed(row: readonly number[], step: PreprocessingStep): number[] {
  if (step.type === 'affine') {
    const [low, high] = step.clip ?? [-Infinity, Infinity];
    return row.map((x, j) => Math.min(high, Math.max(low, x * step.multiply[j]! + step.add[j]!)));
  }
  return row.map((x, j) => (x - (step.center?.[j] ?? 0)) / (step.scale?.[j] ?? 1));
}

/** The formulas as scikit-learn writes them, fit for ordinary scores. */
function plainProbabilities(
  rule: Content['model']['probability'],
  scores: readonly number[],
): number[] | undefined {
  const [z = 0] = scores;
  const largest = Math.max(...scores);
  switch (rule) {
    case 'none':
      return undefined;
    case 'softmax':
      return normalized(scores.map((score) => Math.exp(score - largest)));
    case 'softmax-pm':
      return [sigmoid(-2 * z), sigmoid(2 * z)];
    case 'modified-huber':
      return pairOrNormalized(scores.map((score) => (Math.min(1, Math.max(-1, score)) + 1) / 2));
    case 'sigmoid':
    case 'ovr-normalized':
      return pairOrNormalized(scores.map(sigmoid));
  }
}

function pairOrNormalized(weights: readonly number[]): number[] {
  const [weight = 0] = weights;
  return weights.length === 1 ? [1 - weight, weight] : normalized(weights);
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function normalized(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
