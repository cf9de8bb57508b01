import {
  type Artifact,
  ArtifactError,
  type ClassLabel,
  describeModel,
  parseArtifact,
} from '@inferserve/model';
import type { FoundStep } from '../estimators/contract/converter';
import { decodeUtf8 } from '../files/bytes/byte-reader';
import { ModelImportError } from '../files/bytes/model-import.error';
import { printable } from '../files/bytes/printable';
import type { ModelFile } from '../files/model-file';
import { readModelFile } from '../files/read-model-file';
import { assemble } from './assemble';
import { findCandidates } from './candidates';
import { describeFile, formatName } from './describe-file';
import { openModel } from './open-model';

/** What a file holds, whether or not it can be imported. */
export interface FileReport {
  /** In words: `an XGBRegressor of XGBoost, saved by joblib`. */
  readonly what: string;
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

/** The model of a file. */
export interface ModelReport {
  readonly task: 'classification' | 'regression';
  readonly steps: readonly FoundStep[];
  readonly featureCount: number;
  readonly featureNames: readonly string[] | null;
  /** Empty for a regressor. */
  readonly classes: readonly ClassLabel[];
  /** How scores become the answer: `softmax`, `identity`, … */
  readonly output: string;
  readonly sklearnVersion: string | null;
  readonly warnings: readonly string[];
}

/**
 * Describes a file without importing it; a refusal is part of the description.
 * @throws ModelImportError only where the file cannot be read at all
 */
export function inspectFile(bytes: Uint8Array, select?: string): FileReport {
  const file = readModelFile(bytes);
  const names = (list: readonly { qualifiedName: string }[]): string[] =>
    list.map(({ qualifiedName }) => printable(qualifiedName));
  return {
    what: describeFile(file),
    format: formatName(file),
    globals: 'globals' in file ? names(file.globals) : [],
    foreignGlobals: 'foreign' in file ? names(file.foreign) : [],
    estimators: estimatorsOf(file),
    operators: file.format === 'onnx' ? file.onnx.nodes.map(({ type }) => printable(type)) : [],
    ...modelOf(file, select),
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
    const opened = openModel(file, { select, useBundledScaler: true, useBundledNames: true });
    const { model: found, before, warnings } = opened;
    const input = before[0]?.input ?? found.input;
    const names = input.names ?? found.input.names ?? opened.names;
    const { model, steps, ...assembled } = assemble(
      found,
      before,
      names ?? Array.from({ length: input.isOpen ? 1 : input.count }, (_, j) => `x${j}`),
    );
    const open = input.isOpen ? ['it takes any columns: --features names those of requests'] : [];
    return {
      model: {
        task: model.task,
        steps,
        featureCount: input.count,
        featureNames: names ?? null,
        classes: model.task === 'classification' ? model.classes : [],
        output: model.output.type,
        sklearnVersion: found.sklearnVersion ?? null,
        warnings: [...warnings, ...open, ...assembled.warnings],
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
  const artifact: Artifact = parseArtifact(decodeUtf8(bytes, 0));
  const { columns, output, provenance } = artifact;
  const description = describeModel(artifact);
  return {
    model: {
      task: artifact.task,
      steps: [...description.pipeline, description.predictor].map((type) => ({ type })),
      featureCount: columns.length,
      featureNames: columns.map(({ name }) => name),
      classes: artifact.task === 'classification' ? artifact.classes : [],
      output: output.type,
      sklearnVersion: provenance.sklearnVersion ?? null,
      warnings: provenance.warnings ?? [],
    },
    refusal: 'it is an artifact already, and served as it is',
  };
}
