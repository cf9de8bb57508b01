import { ModelImportError } from '../files/bytes/model-import.error';
import type { LinearSource, PreprocessingSource } from '../linear-source';
import { type Candidate, describeCandidates, type FileContents, type NameList } from './candidates';
import { inputsOf } from './fold-model';
import { PreprocessingChain } from './preprocessing-chain';
import { flattenSteps } from './structure';

/** The classifier behind the scaler that stands beside it, where that is the only way to read the file. */
export function withBundledScaler(
  source: LinearSource,
  chosen: Candidate,
  { candidates }: FileContents,
): LinearSource {
  const scalers = candidates.filter(({ role }) => role === 'transformer');
  const [scaler] = scalers;
  if (!scaler) return source;
  const found = `${describeCandidates(scalers)} beside ${describeCandidates([chosen])}`;
  if (scalers.length > 1 || source.steps.length > 1) {
    throw new ModelImportError(
      `holds ${found}, and it is not clear which steps come before the classifier`,
      'Save one Pipeline, or pass --no-scaler where the model needs nothing beside it.',
    );
  }
  const joined = joinSources(foldTransformers(scaler), source);
  return {
    ...joined,
    warnings: [...joined.warnings, `the file holds ${found}: rows go through it first`],
  };
}

/** A classifier behind preprocessing that was saved apart from it. */
export function joinSources(before: PreprocessingSource, classifier: LinearSource): LinearSource {
  if (before.featureCount !== classifier.featureCount) {
    throw new ModelImportError(
      `scales ${before.featureCount} features, but the classifier takes ${classifier.featureCount}`,
      'Give the scaler that was fitted with this classifier.',
      { path: before.steps[0]?.type ?? 'scaler' },
    );
  }
  const names = before.featureNames ?? classifier.featureNames;
  const versions = [before.sklearnVersion, classifier.sklearnVersion];
  return {
    ...classifier,
    steps: [...before.steps, ...classifier.steps],
    preprocessing: [...before.preprocessing, ...classifier.preprocessing],
    ...(names && { featureNames: names }),
    ...(before.observed && { observed: before.observed }),
    warnings: [
      ...before.warnings,
      ...classifier.warnings,
      ...(versions[0] === versions[1]
        ? []
        : [
            `the scaler was written by scikit-learn ${versions[0]}, the classifier by ${versions[1]}`,
          ]),
    ],
  };
}

const OF_CLASSES = /class|target|label|species/i;

/** Feature names out of a bundle, where exactly one list can be meant; names of classes are pointed out. */
export function withBundledNames(
  source: LinearSource,
  { candidates, nameLists }: FileContents,
  nameFeatures: boolean,
): LinearSource {
  const forClasses = [
    ...candidates.filter(({ role }) => role === 'labels'),
    ...nameLists.filter(({ path }) => OF_CLASSES.test(path)),
  ];
  const warnings = [
    ...source.warnings,
    ...forClasses.map(
      ({ path }) => `"${path}" may name the classes: pass --classes to answer with its names`,
    ),
  ];
  const fitting = nameLists.filter((list) => namesFeatures(list, source));
  const [only] = fitting;
  if (!nameFeatures || source.featureNames || !only || fitting.length > 1)
    return { ...source, warnings };
  warnings.push(`feature names are taken from "${only.path}" in the file`);
  return { ...source, featureNames: only.names, warnings };
}

function namesFeatures({ path, names }: NameList, source: LinearSource): boolean {
  if (names.length !== source.featureCount || new Set(names).size !== names.length) return false;
  if (OF_CLASSES.test(path)) return false;
  return /feature|column|input|name/i.test(path) || names.length !== source.classes.length;
}

/** A scaler, or a pipeline of scalers, without a classifier. */
export function foldTransformers({ estimator }: Candidate): PreprocessingSource {
  const transformers = flattenSteps(estimator);
  const chain = new PreprocessingChain(...inputsOf(transformers[0] ?? estimator));
  for (const transformer of transformers) chain.add(transformer);
  if (chain.width !== chain.featureCount) {
    throw estimator.fault(
      'drops columns, which only a pipeline with its classifier can do',
      'Save both in one Pipeline.',
    );
  }
  const { version } = estimator;
  return { ...chain.source, ...(version !== undefined && { sklearnVersion: version }) };
}
