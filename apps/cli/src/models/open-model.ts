import { statSync } from 'node:fs';
import {
  type Artifact,
  ArtifactError,
  compileArtifact,
  type CompiledModel,
  formatArtifact,
  parseArtifact,
} from '@inferserve/model';
import { isArtifact } from '@inferserve/model-import';
import { CommandError } from '../command.error';
import { findArtifact } from '../files/find-artifact';
import { readInputFile } from '../files/input-file';
import { type ConversionOptions, givenConversionOptions } from '../options/conversion.options';
import { isMlflowFolder } from '../mlflow/mlflow-folder';
import { displayPath } from '../terminal/display-path';
import { convertFile } from './convert-file';
import { modelNameOf } from './model-name-of';

/** How to open a model. */
export interface OpenOptions extends ConversionOptions {
  /** Of a converted model; its file's by default. */
  readonly name?: string;
  /** Of a converted model; `1` by default. */
  readonly version?: string;
  readonly artifactsDir: string;
}

/** An artifact, and where it comes from. */
export interface OpenedModel {
  readonly artifact: Artifact;
  /** The artifact as it is stored. */
  readonly text: string;
  /** Path for people. */
  readonly source: string;
  /** Whether it was made of a file of another library. */
  readonly isConverted: boolean;
}

/**
 * The model that an argument means: a file of any supported format or a folder of MLflow, which is converted in memory;
 * an artifact or the folder of one; or `NAME` or `NAME@VERSION` in the artifacts directory.
 * @throws CommandError, ModelStoreError with the reason and the remedy
 */
export async function openModel(argument: string, options: OpenOptions): Promise<OpenedModel> {
  const isMlflow = isMlflowFolder(argument);
  if (!isMlflow && !isFile(argument)) {
    const { location } = await findArtifact(argument, options.artifactsDir);
    return openArtifact(location, options);
  }
  if (!isMlflow && isArtifact(readInputFile(argument).bytes))
    return openArtifact(argument, options);
  const name = options.name ?? modelNameOf(argument);
  const { artifact } = convertFile(argument, { name, version: options.version ?? '1' }, options);
  return {
    artifact,
    text: formatArtifact(artifact),
    source: displayPath(argument),
    isConverted: true,
  };
}

/**
 * Compiles a model and replays its verification cases.
 * @throws CommandError for one that does not give its stated answers
 */
export function compileModel({ artifact, source }: OpenedModel): CompiledModel {
  return named(source, () => compileArtifact(artifact));
}

function openArtifact(path: string, options: OpenOptions): OpenedModel {
  const source = displayPath(path);
  const [given] = givenConversionOptions(options);
  if (given !== undefined) {
    throw new CommandError(`${source} is an artifact already. Leave ${given} out.`, 2);
  }
  const text = Buffer.from(readInputFile(path).bytes).toString('utf8');
  return { artifact: named(source, () => parseArtifact(text)), text, source, isConverted: false };
}

/** Names the artifact in what is said about it. */
function named<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    throw new CommandError(`${source}: ${cause.message}`, 1, { cause });
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
