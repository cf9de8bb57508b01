import { ModelImportError } from './files/bytes/model-import.error';
import { readModelFile } from './files/read-model-file';
import { createHash } from 'node:crypto';
import {
  type Artifact,
  ArtifactError,
  compileArtifact,
  formatArtifact,
  parseArtifact,
  sealArtifact,
  type SourceFile,
} from '@inferserve/model';
import { renameClasses } from './class-names';
import { featuresOf } from './feature-names';
import type { FoundStep, LinearSource } from './linear-source';
import type { NamedBytes } from './named-bytes';
import { type ScalerChoice, withScaler } from './scaler-choice';
import { formatName, sourceOfFile } from './source-of-file';
import { VERIFICATION_TOLERANCE, verificationCases } from './verification-cases';
import { withinFile } from './within-file';

export interface ImportOptions {
  readonly file: NamedBytes;
  /** The scaler saved beside a bare classifier, or `none` where it needs none. */
  readonly scaler?: ScalerChoice | undefined;
  /** Names of the features of a file that has none, in the order of the training columns. */
  readonly features?: readonly string[] | undefined;
  /** Names for the classes of a file that only numbers them, in the file's order. */
  readonly classes?: readonly string[] | undefined;
  /** Which model of a file that holds several. */
  readonly select?: string | undefined;
  readonly name: string;
  readonly version: string;
  /** `inferserve 1.0.0`: what the provenance names as the importer. */
  readonly importer: string;
}

/** A sealed artifact, and what was found on the way to it. */
export interface ImportedModel {
  readonly artifact: Artifact;
  readonly steps: readonly FoundStep[];
}

/**
 * Makes an artifact of a model file; the same input gives the same artifact.
 * @throws ModelImportError for a file that cannot be imported exactly, or that says too little about itself
 */
export function importModel(options: ImportOptions): ImportedModel {
  const { file, scaler } = options;
  return withinFile(file.name, () => {
    const modelFile = readModelFile(file.bytes);
    const found = sourceOfFile(modelFile, {
      ...(options.select !== undefined && { select: options.select }),
      useBundledScaler: scaler === undefined,
      useBundledNames: options.features === undefined,
    });
    const source = withScaler(found, scaler);
    const files = scaler && scaler !== 'none' ? [file, scaler] : [file];
    const artifact = seal(source, options, formatName(modelFile), files.map(sourceFile));
    return { artifact, steps: source.steps };
  });
}

function seal(
  source: LinearSource,
  { name, version, features, classes: names, importer }: ImportOptions,
  sourceFormat: string,
  sourceFiles: readonly SourceFile[],
): Artifact {
  const { preprocessing, model, sklearnVersion, warnings } = source;
  const input = { features: featuresOf(source, features) };
  const classes = renameClasses(source.classes, names);
  const cases =
    source.cases?.map((known) => ({
      ...known,
      label: classes[source.classes.indexOf(known.label)]!,
    })) ?? verificationCases({ preprocessing, classes, model }, source.featureCount);
  const artifact = sealArtifact({
    name,
    version,
    input,
    preprocessing,
    classes,
    model,
    verification: { tolerance: VERIFICATION_TOLERANCE, cases },
    provenance: {
      source: 'imported',
      sourceFormat,
      sourceFiles,
      ...(sklearnVersion !== undefined && { sklearnVersion }),
      importer,
      warnings,
    },
  });
  checkServable(artifact);
  return artifact;
}

/** What is written must be what the server accepts: the same reading, the same replay. */
function checkServable(artifact: Artifact): void {
  try {
    compileArtifact(parseArtifact(formatArtifact(artifact)));
  } catch (cause) {
    if (!(cause instanceof ArtifactError || cause instanceof RangeError)) throw cause;
    const problem =
      cause instanceof ArtifactError ? `${cause.place}: ${cause.problem}` : cause.message;
    throw new ModelImportError(
      `would make an artifact that is not served (${problem})`,
      'Check the model in Python and save it again.',
      {},
      { cause },
    );
  }
}

function sourceFile({ name, bytes }: NamedBytes): SourceFile {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { name, sha256: `sha256:${digest}`, bytes: bytes.length };
}
