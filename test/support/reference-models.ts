import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ClassificationArtifact,
  type ClassLabel,
  type ClassOutputSpec,
  sealArtifact,
  type TransformSpec,
} from '@inferserve/model';

/** How the reference files name scikit-learn's ways from scores to probabilities. */
const OUTPUTS = {
  softmax: 'softmax',
  sigmoid: 'sigmoid',
  'softmax-pm': 'softmax-symmetric',
  'ovr-normalized': 'ovr-normalized',
  'modified-huber': 'modified-huber',
  none: 'scores-only',
} as const satisfies Record<string, ClassOutputSpec['type']>;

interface ReferenceScaler {
  readonly kind: 'StandardScaler' | 'MinMaxScaler';
  readonly mean: number[];
  readonly scale: number[];
  readonly min: number[];
}

interface ReferenceClassifier {
  readonly classes: ClassLabel[];
  readonly coef: number[][];
  readonly intercept: number[];
  readonly estimators?: readonly { readonly coef: number[][]; readonly intercept: number[] }[];
}

/** A model that scikit-learn fitted, and what scikit-learn answers; "NaN" is text in the file. */
export interface ReferenceModel {
  readonly id: string;
  readonly probability: keyof typeof OUTPUTS;
  readonly preprocessing: readonly ReferenceScaler[];
  readonly classifier: ReferenceClassifier;
  readonly rows: number[][];
  readonly predict: ClassLabel[];
  readonly predictProba: number[][];
  readonly extremeRows?: number[][];
  readonly extremePredict?: ClassLabel[];
  readonly extremePredictProba?: number[][];
  readonly saturation?: readonly {
    readonly kind: string;
    readonly row: number[];
    readonly predict: ClassLabel;
    readonly predictProba: (number | 'NaN')[];
  }[];
}

/** All 150 Iris rows, the split, and the pipeline that scikit-learn fitted on its training part. */
export interface IrisReference {
  readonly X: number[][];
  readonly y: number[];
  readonly targetNames: string[];
  readonly testIndices: number[];
  readonly scaler: { readonly mean: number[]; readonly scale: number[] };
  readonly model: ReferenceClassifier;
  readonly predict: number[];
  readonly predictProba: number[][];
}

const FOLDER = join(__dirname, '../reference');

/** Reads a file of `test/reference`. */
export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
}

export const referenceModels = (): readonly ReferenceModel[] =>
  readReference<{ models: ReferenceModel[] }>('sklearn-reference.json').models;

export const irisReference = (): IrisReference => readReference<IrisReference>('iris-split.json');

/** The artifact that serves a reference model; its one verification case is scikit-learn's first row. */
export function referenceArtifact(
  model: Pick<
    ReferenceModel,
    'probability' | 'preprocessing' | 'classifier' | 'rows' | 'predict' | 'predictProba'
  >,
  featureNames?: readonly string[],
): ClassificationArtifact {
  const { classifier } = model;
  const coefficients = classifier.estimators?.map(({ coef }) => coef[0]!) ?? classifier.coef;
  const intercepts =
    classifier.estimators?.map(({ intercept }) => intercept[0]!) ?? classifier.intercept;
  const names = featureNames ?? coefficients[0]!.map((_, j) => `feature_${j}`);
  return sealArtifact({
    name: 'reference',
    version: '1',
    task: 'classification',
    columns: names.map((name) => ({ type: 'number', name })),
    pipeline: model.preprocessing.map(toStep),
    classes: classifier.classes,
    predictor: { type: 'linear', coefficients, intercepts },
    output: { type: OUTPUTS[model.probability] },
    verification: {
      tolerance: 1e-12,
      cases: [
        {
          input: model.rows[0]!,
          label: model.predict[0]!,
          probabilities: model.predictProba[0]!,
        },
      ],
    },
    provenance: { source: 'imported' },
  });
}

/** scikit-learn's Iris pipeline as an artifact, with class names. */
export function irisReferenceArtifact(): ClassificationArtifact {
  const { scaler, model, X, predict, predictProba, targetNames } = irisReference();
  return referenceArtifact(
    {
      probability: 'softmax',
      preprocessing: [{ kind: 'StandardScaler', min: [], ...scaler }],
      classifier: { ...model, classes: targetNames },
      rows: X,
      predict: predict.map((k) => targetNames[k]!),
      predictProba,
    },
    ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
  );
}

function toStep(scaler: ReferenceScaler): TransformSpec {
  return scaler.kind === 'StandardScaler'
    ? { type: 'standardize', center: scaler.mean, scale: scaler.scale }
    : { type: 'affine', multiply: scaler.scale, add: scaler.min };
}
