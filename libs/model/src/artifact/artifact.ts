import * as v from 'valibot';
import { baselineSchema } from '../baseline/baseline';
import { columnName } from '../columns/column-entries';
import { columnSchema } from '../columns/columns';
import { distributionSchema } from '../distributions/distributions';
import { classOutputSchema, numberOutputSchema } from '../outputs/outputs';
import { predictorSchema } from '../predictors/predictors';
import { transformSchema } from '../transforms/transforms';
import { FORMAT } from './artifact-formats';
import { MODEL_NAME_PATTERN, MODEL_VERSION_PATTERN } from './names';
import { matrixSchema, numericArraySchema } from './numeric-array';

const MAX_COLUMNS = 100_000;
const MAX_CLASSES = 10_000;
/** True values are data: as many of them as a picture needs. */
const MAX_PAIRS = 200;

const finite = v.pipe(v.number(), v.finite());
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/));
const text = v.pipe(v.string(), v.maxLength(10_000));
const texts = v.pipe(v.array(text), v.maxLength(1000), v.readonly());

/** A class as the training data named it; integers and booleans stay what they are in answers. */
const labelSchema = v.union([text, v.pipe(v.number(), v.safeInteger()), v.boolean()]);
/** The value of one column of a row, as a request would send it. */
const inputValueSchema = v.nullable(v.union([text, finite, v.boolean()]));
const inputSchema = v.pipe(v.array(inputValueSchema), v.readonly());

/** Figures on one set of rows. Rows of the matrix are true classes, columns predicted ones. */
const metricsSchema = v.strictObject({
  /** Base name of the file with the rows, where they came from one. */
  file: v.optional(text),
  n: v.optional(v.pipe(count, v.minValue(1))),
  accuracy: v.optional(share),
  logLoss: v.optional(v.pipe(finite, v.minValue(0))),
  brier: v.optional(v.pipe(finite, v.minValue(0))),
  confusionMatrix: v.optional(v.pipe(v.array(v.pipe(v.array(count), v.readonly())), v.readonly())),
  /** Coefficient of determination, mean absolute and root mean squared error of a regressor. */
  r2: v.optional(v.pipe(finite, v.maxValue(1))),
  mae: v.optional(v.pipe(finite, v.minValue(0))),
  rmse: v.optional(v.pipe(finite, v.minValue(0))),
  /** True value and answer of some of the rows of a regressor. */
  pairs: v.optional(
    v.pipe(
      v.array(v.pipe(v.strictTuple([finite, finite]), v.readonly())),
      v.maxLength(MAX_PAIRS),
      v.readonly(),
    ),
  ),
});

const sourceFileSchema = v.strictObject({
  name: text,
  sha256,
  bytes: v.optional(count),
});

const provenanceSchema = v.strictObject({
  source: v.picklist(['trained', 'imported']),
  sourceFormat: v.optional(text),
  sourceFiles: v.optional(v.pipe(v.array(sourceFileSchema), v.maxLength(1000), v.readonly())),
  sklearnVersion: v.optional(text),
  importer: v.optional(text),
  warnings: v.optional(texts),
});

/** A row and the answer that any correct scorer gives for it. */
const classCaseSchema = v.strictObject({
  input: inputSchema,
  label: labelSchema,
  probabilities: v.optional(v.pipe(v.array(share), v.readonly())),
});
const numberCaseSchema = v.strictObject({ input: inputSchema, value: finite });

/** Largest difference allowed between stated and computed figures, relative to max(1, |stated|). */
const toleranceSchema = v.pipe(finite, v.gtValue(0), v.maxValue(1e-3));

function verificationOf<Case extends v.GenericSchema>(caseSchema: Case) {
  return v.strictObject({
    tolerance: toleranceSchema,
    cases: v.pipe(v.array(caseSchema), v.minLength(1), v.maxLength(1000), v.readonly()),
  });
}

const commonEntries = {
  format: v.literal(FORMAT),
  schemaVersion: v.literal(2),
  name: v.pipe(v.string(), v.regex(MODEL_NAME_PATTERN)),
  version: v.pipe(v.string(), v.regex(MODEL_VERSION_PATTERN)),
  createdAt: v.optional(v.pipe(v.string(), v.maxLength(64))),
  description: v.optional(text),
  columns: v.pipe(
    v.array(columnSchema),
    v.minLength(1),
    v.maxLength(MAX_COLUMNS),
    v.check(
      (columns) => new Set(columns.map(({ name }) => name)).size === columns.length,
      'holds a column name twice',
    ),
    v.readonly(),
  ),
  /** What else the model was fitted on, without using it: a request may have these fields, whatever they hold. */
  unusedColumns: v.optional(
    v.pipe(v.array(columnName), v.minLength(1), v.maxLength(MAX_COLUMNS), v.readonly()),
  ),
  /** Applied in order to each row. */
  pipeline: v.pipe(v.array(transformSchema), v.maxLength(64), v.readonly()),
  predictor: predictorSchema,
  baseline: v.optional(baselineSchema),
  /** Free-form record of the training: library, hyperparameters, data, split. */
  training: v.optional(v.record(v.string(), v.unknown())),
  metrics: v.optional(v.record(v.string(), metricsSchema)),
  provenance: provenanceSchema,
  /** `sha256:` and the hex digest of the canonical JSON of all the other members. */
  contentHash: sha256,
} as const;

const classificationSchema = v.strictObject({
  ...commonEntries,
  task: v.literal('classification'),
  classes: v.pipe(
    v.array(labelSchema),
    v.minLength(2),
    v.maxLength(MAX_CLASSES),
    v.check((labels) => new Set(labels.map(String)).size === labels.length, 'holds a class twice'),
    v.readonly(),
  ),
  output: classOutputSchema,
  verification: verificationOf(classCaseSchema),
});

const regressionSchema = v.strictObject({
  ...commonEntries,
  task: v.literal('regression'),
  output: numberOutputSchema,
  verification: verificationOf(numberCaseSchema),
});

/** The whole artifact: everything that a model needs to be served, and how it came to be. */
export const artifactSchema = v.variant('task', [classificationSchema, regressionSchema]);

/** The parts of the schema that stand for many places, under the names of their JSON Schema definitions. */
export const schemaDefinitions = {
  column: columnSchema,
  transform: transformSchema,
  predictor: predictorSchema,
  distribution: distributionSchema,
  classOutput: classOutputSchema,
  numberOutput: numberOutputSchema,
  numericArray: numericArraySchema,
  matrix: matrixSchema,
} as const;

export type ClassLabel = v.InferOutput<typeof labelSchema>;
export type InputValue = v.InferOutput<typeof inputValueSchema>;
export type Metrics = v.InferOutput<typeof metricsSchema>;
export type SourceFile = v.InferOutput<typeof sourceFileSchema>;
export type ClassCase = v.InferOutput<typeof classCaseSchema>;
export type NumberCase = v.InferOutput<typeof numberCaseSchema>;
export type ClassificationArtifact = v.InferOutput<typeof classificationSchema>;
export type RegressionArtifact = v.InferOutput<typeof regressionSchema>;
export type Artifact = ClassificationArtifact | RegressionArtifact;

type Unsealed<A> = Omit<A, 'format' | 'schemaVersion' | 'contentHash'>;
/** An artifact before `sealArtifact` gives it its format, schema version and hash. */
export type ArtifactContent = Unsealed<ClassificationArtifact> | Unsealed<RegressionArtifact>;
