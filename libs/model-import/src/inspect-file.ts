import { decodeUtf8 } from './files/bytes/byte-reader';
import { ModelImportError } from './files/bytes/model-import.error';
import { printable } from './files/bytes/printable';
import type { ModelFile } from './files/model-file';
import { isAllowedGlobal } from './files/pickle/allowed-globals';
import { readModelFile } from './files/read-model-file';
import {
  ArtifactError,
  type ClassLabel,
  parseArtifact,
  type ProbabilityRule,
} from '@inferserve/model';
import type { FoundStep } from './linear-source';
import { findCandidates } from './sklearn/candidates';
import { formatName, sourceOfFile } from './source-of-file';

/** What a file holds, whether or not it can be imported. */
export interface FileReport {
  readonly format: string;
  /** Classes and functions that a pickle or skops file names. */
  readonly globals: readonly string[];
  /** Those for which the file is refused. */
  readonly foreignGlobals: readonly string[];
  /** Estimators, where they stand, and what they are for. */
  readonly estimators: readonly {
    readonly path: string;
    readonly type: string;
    readonly role: string;
  }[];
  /** Operators of an ONNX graph, in order. */
  readonly operators: readonly string[];
  readonly model?: ModelReport;
  /** Why the file cannot be imported as it is. */
  readonly refusal?: string;
}

/** The linear classifier of a file. */
export interface ModelReport {
  readonly steps: readonly FoundStep[];
  readonly featureCount: number;
  readonly featureNames: readonly string[] | null;
  readonly classes: readonly ClassLabel[];
  readonly probability: ProbabilityRule;
  readonly sklearnVersion: string | null;
  readonly warnings: readonly string[];
}

/**
 * Describes a file without importing it; a refusal is part of the description.
 * @throws ModelImportError only where the file cannot be read at all
 */
export function inspectFile(bytes: Uint8Array, select?: string): FileReport {
  const file = readModelFile(bytes);
  const globals = 'globals' in file ? file.globals : [];
  const foreign = globals.filter(({ module, name }) => !isAllowedGlobal(module, name));
  const names = (list: typeof globals): string[] =>
    list.map(({ qualifiedName }) => printable(qualifiedName));
  return {
    format: formatName(file),
    globals: names(globals),
    foreignGlobals: names(foreign),
    estimators: estimatorsOf(file),
    operators: file.format === 'onnx' ? file.onnx.nodes.map(({ type }) => printable(type)) : [],
    ...(foreign.length > 0
      ? { refusal: `names what is not part of a scikit-learn model: ${names(foreign).join(', ')}` }
      : modelOf(file, select)),
  };
}

function estimatorsOf(file: ModelFile): FileReport['estimators'] {
  if (!('root' in file)) return [];
  try {
    return findCandidates(file.root).candidates.map(({ path, role, estimator }) => ({
      path: printable(path),
      type: printable(estimator.className),
      role,
    }));
  } catch (error) {
    if (error instanceof ModelImportError) return [];
    throw error;
  }
}

function modelOf(
  file: ModelFile,
  select: string | undefined,
): Pick<FileReport, 'model' | 'refusal'> {
  try {
    if (file.format === 'artifact') return artifactReport(file.bytes);
    const source = sourceOfFile(file, {
      ...(select !== undefined && { select }),
      useBundledScaler: true,
      useBundledNames: true,
    });
    return {
      model: {
        steps: source.steps,
        featureCount: source.featureCount,
        featureNames: source.featureNames ?? null,
        classes: source.classes,
        probability: source.model.probability,
        sklearnVersion: source.sklearnVersion ?? null,
        warnings: source.warnings,
      },
    };
  } catch (error) {
    if (error instanceof ModelImportError || error instanceof ArtifactError) {
      return { refusal: error.message };
    }
    throw error;
  }
}

function artifactReport(bytes: Uint8Array): Pick<FileReport, 'model' | 'refusal'> {
  const { input, preprocessing, classes, model, provenance } = parseArtifact(decodeUtf8(bytes, 0));
  const names = input.features.map(({ name }) => name);
  const shape = `${model.coefficients.length} × ${names.length}`;
  return {
    model: {
      steps: [
        ...preprocessing.map(({ from, type }) => ({ type: from ?? type })),
        { type: 'linear classifier', detail: shape },
      ],
      featureCount: names.length,
      featureNames: names,
      classes,
      probability: model.probability,
      sklearnVersion: provenance.sklearnVersion ?? null,
      warnings: provenance.warnings ?? [],
    },
    refusal: 'it is an artifact already, and served as it is',
  };
}
