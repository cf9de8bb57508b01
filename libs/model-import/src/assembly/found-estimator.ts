import type {
  ConvertContext,
  ConvertedTransform,
  FoundModel,
  ModelInput,
} from '../estimators/contract/converter';
import { converterOf } from '../estimators/registry/converters';
import type { Estimator } from '../estimators/contract/estimator';
import type { Layout } from '../estimators/layout/layout';
import { LIMITS } from '../estimators/contract/limits';
import { asNdArray } from '../files/numpy/as-nd-array';
import { ModelImportError } from '../files/bytes/model-import.error';
import { type Candidate, type FileContents, describeCandidates } from './candidates';
import { modelInput } from './model-input';

/** A fitted transformer that rows go through before the model, saved beside it. */
export interface FoundTransformer {
  readonly type: string;
  readonly input: ModelInput;
  readonly sklearnVersion?: string | undefined;
  convert(input: Layout, context: ConvertContext): ConvertedTransform;
  /** The same for those of its columns that are among `names`, where each column is treated on its own. */
  only?(names: readonly string[]): FoundTransformer;
}

/** The model that an estimator is. */
export function foundModel(estimator: Estimator): FoundModel {
  return {
    type: estimator.className,
    input: modelInput(estimator),
    isBare: isBare(estimator),
    hasSteps: hasSteps(estimator, 0),
    sklearnVersion: versionOf(estimator, 0),
    isOfSklearn: estimator.key.startsWith('sklearn.'),
    classCount: asNdArray(finalEstimator(estimator, 0).get('classes_'))?.size,
    convert: (input, context) => context.model(estimator, input),
  };
}

/** The transformer that an estimator is. */
function foundTransformer(estimator: Estimator): FoundTransformer {
  return {
    type: estimator.className,
    input: modelInput(estimator),
    sklearnVersion: versionOf(estimator, 0),
    convert: (input, context) => context.transform(estimator, input),
  };
}

/** The only transformer of a file. */
export function onlyTransformer({ candidates }: FileContents): FoundTransformer {
  const transformers = candidates.filter(({ role }) => role === 'transformer');
  const [only] = transformers;
  if (only && transformers.length === 1) return foundTransformer(only.estimator);
  throw new ModelImportError(
    transformers.length === 0
      ? `holds no scaler${candidates.length > 0 ? `, but ${describeCandidates(candidates)}` : ''}`
      : `holds several scalers: ${describeCandidates(transformers)}`,
    'Give a file that holds the fitted scaler alone: joblib.dump(scaler, path).',
  );
}

/** The transformer that stands beside a bare model in the same file, where that is the only way to read it. */
export function transformerBeside(
  chosen: Candidate,
  { candidates }: FileContents,
): { transformer: FoundTransformer; warning: string } | undefined {
  const transformers = candidates.filter(({ role }) => role === 'transformer');
  const [only] = transformers;
  if (!only) return undefined;
  const found = `${describeCandidates(transformers)} beside ${describeCandidates([chosen])}`;
  if (transformers.length > 1 || hasSteps(chosen.estimator, 0)) {
    throw new ModelImportError(
      `holds ${found}, and it is not clear which steps come before the model`,
      'Save one Pipeline, or pass --no-scaler where the model needs nothing beside it.',
    );
  }
  return {
    transformer: foundTransformer(only.estimator),
    warning: `the file holds ${found}: rows go through it first`,
  };
}

/** Whether the model is a pipeline of more than one step, or one is inside it. */
function hasSteps(estimator: Estimator, depth: number): boolean {
  const converter = converterOf(estimator.key);
  if (depth > LIMITS.nesting) return false;
  if (converter?.role === 'wrapper')
    return hasSteps(estimator.inner(converter.attribute), depth + 1);
  if (converter?.role === 'pipeline') {
    const steps = converter.steps(estimator);
    return steps.length > 1 || (steps.length === 1 && hasSteps(steps[0]!, depth + 1));
  }
  const inside = scaledInside(estimator);
  return inside !== undefined && hasSteps(inside, depth + 1);
}

function isBare(estimator: Estimator, depth = 0): boolean {
  if (depth > LIMITS.nesting || hasSteps(estimator, 0)) return false;
  const final = finalEstimator(estimator, 0);
  const inside = scaledInside(final);
  if (inside) return isBare(inside, depth + 1);
  const converter = converterOf(final.key);
  return converter !== undefined && 'needsScaling' in converter && converter.needsScaling === true;
}

/** The estimator inside one that decides whether it needs scaled input. */
function scaledInside(estimator: Estimator): Estimator | undefined {
  const converter = converterOf(estimator.key);
  if (!converter || !('needsScaling' in converter)) return undefined;
  const { needsScaling } = converter;
  return typeof needsScaling === 'function' ? needsScaling(estimator) : undefined;
}

/** The estimator that predicts, out of all pipelines and wrappers. */
function finalEstimator(estimator: Estimator, depth: number): Estimator {
  const converter = converterOf(estimator.key);
  if (depth > LIMITS.nesting) return estimator;
  if (converter?.role === 'wrapper') {
    return finalEstimator(estimator.inner(converter.attribute), depth + 1);
  }
  const last = converter?.role === 'pipeline' ? converter.steps(estimator).at(-1) : undefined;
  return last ? finalEstimator(last, depth + 1) : estimator;
}

/** The version that a wrapper, or the estimator inside it, states. */
function versionOf(estimator: Estimator, depth: number): string | undefined {
  if (estimator.version !== undefined || depth > LIMITS.nesting) return estimator.version;
  const converter = converterOf(estimator.key);
  if (converter?.role === 'wrapper')
    return versionOf(estimator.inner(converter.attribute), depth + 1);
  if (converter?.role !== 'pipeline') return undefined;
  return converter
    .steps(estimator)
    .map(({ version }) => version)
    .find((version) => version !== undefined);
}
