import type { ModelProblem, ServedModel } from '@inferserve/inference';
import {
  type Baseline,
  type ColumnSpec,
  columnKind,
  describeModel,
  type DistributionSpec,
  float64Values,
} from '@inferserve/model';
import type { ModelDetails, ModelSummary, UnavailableModel } from './models.dto';
import { snakeCased } from './snake-cased';

/** More values of a column than this are counted, not listed. */
const MAX_VALUES_LISTED = 1000;

/** The line of a model in `GET /models`. */
export function modelSummary(model: ServedModel, isDefault: boolean): ModelSummary {
  const { name, version, task, artifact } = model;
  return { name, version, task, default: isDefault, content_hash: artifact.contentHash };
}

/** Everything about a model that never changes. */
export function modelView(
  model: ServedModel,
): Omit<ModelDetails, keyof ModelSummary | 'versions' | 'traffic' | 'problem'> {
  const { artifact, classes, hasProbabilities, task, example } = model;
  const { description, createdAt, columns, unusedColumns, metrics, provenance, baseline } =
    artifact;
  return {
    ...(description !== undefined && { description }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    columns: columns.map(columnView),
    ...(unusedColumns && { unused_columns: unusedColumns }),
    ...(task === 'classification' && { classes }),
    has_probabilities: hasProbabilities,
    steps: describeModel(artifact),
    example: {
      row: example.row,
      answer:
        example.answer.task === 'regression'
          ? { predicted_value: example.answer.value }
          : { predicted_class: example.answer.label },
    },
    // The names of the sets of rows are the user's own.
    ...(metrics && {
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([rows, figures]) => [rows, snakeCased(figures)]),
      ),
    }),
    ...(baseline && { baseline: baselineView(baseline) }),
    provenance: snakeCased(provenance),
  };
}

/** A problem as the native protocol shows it. */
export function problemView({ servedVersion, ...problem }: ModelProblem): UnavailableModel {
  return { ...problem, ...(servedVersion !== undefined && { served_version: servedVersion }) };
}

function baselineView({ rows, columns, predictions }: Baseline): object {
  return {
    rows,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, distributionView(column)]),
    ),
    ...(predictions && { predictions: distributionView(predictions) }),
  };
}

/** Shares as a plain list, for as many values as are listed. */
function distributionView(distribution: DistributionSpec): object {
  return {
    ...distribution,
    shares: [...float64Values(distribution.shares).subarray(0, MAX_VALUES_LISTED)],
  };
}

function columnView(column: ColumnSpec): object {
  const { values, ...rest } = column as ColumnSpec & { readonly values?: readonly unknown[] };
  return {
    ...snakeCased(rest),
    datatype: columnKind(column).datatype(column),
    ...(values && {
      values: values.slice(0, MAX_VALUES_LISTED),
      ...(values.length > MAX_VALUES_LISTED && { value_count: values.length }),
    }),
  };
}
