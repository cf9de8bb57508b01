import {
  type Artifact,
  type ClassLabel,
  type Feature,
  type LinearModel,
  type PreprocessingStep,
  PROBABILITY_RULES,
  type Provenance,
  type Verification,
} from './artifact';
import { ArtifactError } from './artifact.error';
import { contentHash } from './content-hash';
import { JsonCursor } from './json-cursor';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;
const SHA256 = /^sha256:[0-9a-f]{64}$/;
/** Members of every JavaScript object. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_FEATURES = 100_000;
const MAX_CLASSES = 10_000;

/**
 * Reads an artifact out of JSON text and trusts none of it: members, types, lengths and the content hash
 * are checked. Whether it reproduces its verification cases is `compileArtifact`'s to say.
 * @throws ArtifactError with the place of the first fault
 */
export function parseArtifact(text: string): Artifact {
  const document = parseJson(text);
  const cursor = new JsonCursor(document);
  const root = cursor.object(
    [
      'format',
      'schemaVersion',
      'name',
      'version',
      'input',
      'preprocessing',
      'classes',
      'model',
      'verification',
      'provenance',
      'contentHash',
    ],
    ['createdAt', 'description', 'training', 'metrics'],
  );
  root.format.oneOf('linear-classifier');
  root.schemaVersion.oneOf(1);
  root.name.string({ pattern: NAME });
  root.version.string({ pattern: VERSION });
  root.createdAt?.string({ maxLength: 64 });
  root.description?.string();
  const featureCount = checkFeatures(root.input).length;
  checkPreprocessing(root.preprocessing, featureCount);
  const classes = checkClasses(root.classes);
  checkModel(root.model, featureCount, classes.length);
  root.training?.record();
  for (const [, set] of root.metrics?.entries() ?? []) checkMetrics(set, classes.length);
  checkVerification(root.verification, featureCount, classes);
  checkProvenance(root.provenance);
  const stated = root.contentHash.string({ pattern: SHA256 });
  if (stated !== contentHash(cursor.record())) {
    throw root.contentHash.error(
      'does not match the content: the file was changed after it was made',
    );
  }
  return document as Artifact;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ArtifactError('artifact', 'is not JSON', undefined, { cause });
  }
}

function checkFeatures(input: JsonCursor): readonly Feature[] {
  const seen = new Set<string>();
  return input
    .object(['features'])
    .features.array(1, MAX_FEATURES)
    .map((element) => {
      const feature = element.object(
        ['name'],
        ['unit', 'description', 'observedMin', 'observedMax'],
      );
      const name = feature.name.string({ maxLength: 128, pattern: /./ });
      if (RESERVED_NAMES.has(name))
        throw feature.name.error('is a name that JSON bodies cannot use safely');
      if (seen.has(name)) throw feature.name.error('repeats an earlier feature name');
      seen.add(name);
      feature.unit?.string();
      feature.description?.string();
      feature.observedMin?.number();
      feature.observedMax?.number();
      return element.value as Feature;
    });
}

function checkPreprocessing(preprocessing: JsonCursor, featureCount: number): void {
  for (const step of preprocessing.array(0, 8)) checkStep(step, featureCount);
}

function checkStep(step: JsonCursor, featureCount: number): void {
  switch ((step.record() as unknown as PreprocessingStep).type) {
    case 'standardize': {
      const { center, scale, from, samplesSeen } = step.object(
        ['type', 'center', 'scale'],
        ['from', 'samplesSeen'],
      );
      if (center.value !== null) center.vector(featureCount);
      if (scale.value !== null) {
        for (const element of scale.array(featureCount, featureCount)) element.number({ above: 0 });
      }
      from?.string();
      samplesSeen?.integer(1);
      return;
    }
    case 'affine': {
      const { multiply, add, clip, from } = step.object(
        ['type', 'multiply', 'add'],
        ['clip', 'from'],
      );
      multiply.vector(featureCount);
      add.vector(featureCount);
      const [low = 0, high = 0] = clip?.vector(2) ?? [];
      if (clip && low > high) throw clip.error('has its lower bound above its upper bound');
      from?.string();
      return;
    }
    default:
      throw step.error('"type" must be "standardize" or "affine"');
  }
}

function checkClasses(classes: JsonCursor): ClassLabel[] {
  const seen = new Set<string>();
  return classes.array(2, MAX_CLASSES).map((element) => {
    const label = checkLabel(element);
    if (seen.has(String(label))) throw element.error('repeats an earlier class');
    seen.add(String(label));
    return label;
  });
}

function checkLabel(label: JsonCursor): ClassLabel {
  if (typeof label.value === 'boolean') return label.value;
  if (typeof label.value === 'number') return label.integer(-Number.MAX_SAFE_INTEGER);
  return label.string();
}

function checkModel(cursor: JsonCursor, featureCount: number, classCount: number): void {
  const model = cursor.object(
    ['type', 'coefficients', 'intercepts', 'probability'],
    ['temperature', 'storedPrecision'],
  );
  model.type.oneOf('linear');
  const rows = model.coefficients.array(1, MAX_CLASSES);
  for (const row of rows) row.vector(featureCount);
  if (rows.length !== classCount && !(rows.length === 1 && classCount === 2)) {
    throw model.coefficients.error(
      `must have a row for each of the ${classCount} classes (or one row for two classes), not ${rows.length}`,
    );
  }
  model.intercepts.vector(rows.length);
  const rule: LinearModel['probability'] = model.probability.oneOf(...PROBABILITY_RULES);
  const needsOneRow = rule === 'sigmoid' || rule === 'softmax-pm';
  const oneRow = rows.length === 1;
  if (needsOneRow && !oneRow) {
    throw model.probability.error(`"${rule}" is for two classes with one row of coefficients`);
  }
  if (rule === 'softmax' && oneRow) {
    throw model.probability.error('"softmax" needs a row of coefficients for each class');
  }
  model.temperature?.number({ above: 0 });
  model.storedPrecision?.oneOf('float64', 'float32');
}

function checkMetrics(cursor: JsonCursor, classCount: number): void {
  const metrics = cursor.object([], ['n', 'accuracy', 'logLoss', 'brier', 'confusionMatrix']);
  metrics.n?.integer(1);
  metrics.accuracy?.number({ min: 0, max: 1 });
  metrics.logLoss?.number({ min: 0 });
  metrics.brier?.number({ min: 0 });
  for (const row of metrics.confusionMatrix?.array(classCount, classCount) ?? []) {
    for (const count of row.array(classCount, classCount)) count.integer(0);
  }
}

function checkVerification(
  cursor: JsonCursor,
  featureCount: number,
  classes: readonly ClassLabel[],
): void {
  const verification: Record<keyof Verification, JsonCursor> = cursor.object([
    'tolerance',
    'cases',
  ]);
  verification.tolerance.number({ above: 0, max: 1e-3 });
  for (const element of verification.cases.array(1, 1000)) {
    const { input, label, probabilities } = element.object(['input', 'label'], ['probabilities']);
    input.vector(featureCount);
    if (!classes.includes(label.value as ClassLabel))
      throw label.error('is not one of the classes');
    for (const p of probabilities?.array(classes.length, classes.length) ?? []) {
      p.number({ min: 0, max: 1 });
    }
  }
}

function checkProvenance(cursor: JsonCursor): void {
  const provenance: { source: JsonCursor } & Partial<Record<keyof Provenance, JsonCursor>> =
    cursor.object(
      ['source'],
      ['sourceFormat', 'sourceFiles', 'sklearnVersion', 'importer', 'warnings'],
    );
  provenance.source.oneOf('trained', 'imported');
  provenance.sourceFormat?.string();
  provenance.sklearnVersion?.string();
  provenance.importer?.string();
  for (const warning of provenance.warnings?.array(0, 1000) ?? []) warning.string();
  for (const file of provenance.sourceFiles?.array(0, 1000) ?? []) {
    const { name, sha256, bytes } = file.object(['name', 'sha256'], ['bytes']);
    name.string();
    sha256.string({ pattern: SHA256 });
    bytes?.integer(0);
  }
}
