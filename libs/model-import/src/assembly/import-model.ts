import { createHash } from 'node:crypto';
import {
  type Artifact,
  type ArtifactContent,
  ArtifactError,
  type ClassCase,
  compileArtifact,
  CompiledModel,
  formatArtifact,
  parseArtifact,
  sealArtifact,
  type SourceFile,
} from '@inferserve/model';
import type { FoundStep } from '../estimators/contract/converter';
import { ModelImportError } from '../files/bytes/model-import.error';
import { readModelFile } from '../files/read-model-file';
import { assemble, type AssembledModel } from './assemble';
import { renameClasses } from './class-names';
import { describeFile, formatName } from './describe-file';
import { filesBefore, refuseSecondScaler, transformersBefore } from './files-before';
import type { NamedBytes } from './named-bytes';
import { openModel } from './open-model';
import { probeRows } from './probe-rows';
import { classesNamedBy } from './read-class-names';
import { requestColumns } from './request-columns';
import { VERIFICATION_TOLERANCE, verificationCases } from './verification-cases';
import { versionWarnings } from './version-warnings';
import { withinFile } from './within-file';

export interface ImportOptions {
  readonly file: NamedBytes;
  /** The scaler saved beside a bare model, or `none` where it needs none; `before` for several files. */
  readonly scaler?: NamedBytes | 'none' | undefined;
  /** Files saved beside the model that rows go through before it, in order. */
  readonly before?: readonly NamedBytes[] | undefined;
  /** Names of the features in the order of the training columns; they may rename those of the file. */
  readonly features?: readonly string[] | undefined;
  /** Names for the classes of a file that only numbers them, in the file's order. */
  readonly classes?: readonly string[] | undefined;
  /** The fitted LabelEncoder of the target, which names the classes of a model that only numbers them. */
  readonly targetEncoder?: NamedBytes | undefined;
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
  /** What the file is, in words. */
  readonly what: string;
}

/**
 * Makes an artifact of a model file; the same input gives the same artifact.
 * @throws ModelImportError for a file that cannot be imported exactly, or that says too little about itself
 */
export function importModel(options: ImportOptions): ImportedModel {
  const { file } = options;
  const modelFile = withinFile(file.name, () => readModelFile(file.bytes));
  const what = describeFile(modelFile);
  return withinFile(
    file.name,
    () => {
      const files = filesBefore(options);
      const opened = openModel(modelFile, {
        select: options.select,
        useBundledScaler: files === undefined,
        useBundledNames: options.features === undefined,
      });
      if (options.scaler && options.scaler !== 'none') refuseSecondScaler(opened.model);
      const found = transformersBefore(opened.model, opened.before, files);
      const { before, names, warnings } = requestColumns(opened, found.before, options.features);
      const noted = [...opened.warnings, ...found.warnings, ...warnings];
      const assembled = assemble(opened.model, before, names);
      const { sklearnVersion } = opened.model;
      noted.push(...versionWarnings(opened.model, before));
      const beside = [...(files && files !== 'none' ? files : []), options.targetEncoder];
      const sources = [file, ...beside.filter((source) => source !== undefined)];
      const content = contentOf(assembled, options, opened.model.cases, {
        source: 'imported',
        sourceFormat: formatName(modelFile),
        sourceFiles: sources.map(sourceFile),
        ...(sklearnVersion !== undefined && { sklearnVersion }),
        importer: options.importer,
        warnings: [...new Set([...noted, ...assembled.warnings])],
      });
      return { artifact: seal(content), steps: assembled.steps, what };
    },
    what,
  );
}

function contentOf(
  { model, columns, unusedColumns, samples }: AssembledModel,
  { name, version, classes: classNames, targetEncoder }: ImportOptions,
  known: readonly ClassCase[] | undefined,
  provenance: ArtifactContent['provenance'],
): ArtifactContent {
  const { pipeline, predictor } = model;
  const unused = unusedColumns.length > 0 ? { unusedColumns } : {};
  const common = { name, version, columns, ...unused, pipeline, predictor, provenance };
  const rows = (content: ArtifactContent) =>
    servable(() => verificationCases(compiled(content), probeRows(columns, samples)));
  const tolerance = VERIFICATION_TOLERANCE;
  if (model.task === 'regression') {
    const verification = { tolerance, cases: [] };
    const draft = { ...common, task: model.task, output: model.output, verification };
    return { ...draft, verification: { tolerance, cases: rows(draft).numberCases } };
  }
  const classes = renameClasses(
    model.classes,
    targetEncoder ? classesNamedBy(targetEncoder, model.classes) : classNames,
  );
  const verification = { tolerance, cases: [] };
  const draft = { ...common, task: model.task, classes, output: model.output, verification };
  const cases = known?.map((stated) => ({
    ...stated,
    label: classes[model.classes.indexOf(stated.label)]!,
  }));
  return { ...draft, verification: { tolerance, cases: cases ?? rows(draft).classCases } };
}

/** The model of parts that have no verification rows yet. */
function compiled(content: ArtifactContent): CompiledModel {
  return servable(() => new CompiledModel(sealArtifact(content)));
}

/** What is written must be what the server accepts: the same reading, the same replay. */
function seal(content: ArtifactContent): Artifact {
  const artifact = sealArtifact(content);
  servable(() => compileArtifact(parseArtifact(formatArtifact(artifact))));
  return artifact;
}

function servable<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof ArtifactError || cause instanceof RangeError)) throw cause;
    const problem =
      cause instanceof ArtifactError ? `${cause.path}: ${cause.problem}` : cause.message;
    throw new ModelImportError(
      `would make an artifact that cannot be served (${problem})`,
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
