import type { Artifact, ClassLabel, InputValue } from '../artifact/artifact';
import { float64Values } from '../artifact/numeric-array';
import type { ColumnSpec } from '../columns/columns';
import { CompiledModel } from '../compile/compiled-model';
import type { DistributionSpec } from '../distributions/distributions';

/** A row for people to start from: values in the order of the columns, and what the model answers to them. */
export interface ExampleRow {
  readonly input: readonly InputValue[];
  readonly answer: ExampleAnswer;
}

export type ExampleAnswer =
  | { readonly task: 'classification'; readonly label: ClassLabel }
  | { readonly task: 'regression'; readonly value: number };

/**
 * The most usual value of each column where a model was imported with a baseline; else one of its verification cases.
 * Those of a training are rows of its data, of which the first of the first class is taken. Those of an import are made up
 * to try the model, and the first of them is in the middle of all that it compares with.
 */
export function exampleRow(artifact: Artifact, model = new CompiledModel(artifact)): ExampleRow {
  const stated = statedExample(artifact);
  const { columns, baseline, provenance } = artifact;
  if (!baseline || provenance.source === 'trained') return stated;
  const distributions = new Map(Object.entries(baseline.columns));
  const input = columns.map((column, j) => {
    const distribution = distributions.get(column.name);
    return distribution ? usualValue(column, distribution) : stated.input[j]!;
  });
  try {
    return { input, answer: model.score(input) };
  } catch (error) {
    // No finite answer, or a column that takes no missing values.
    if (error instanceof RangeError) return stated;
    throw error;
  }
}

function statedExample(artifact: Artifact): ExampleRow {
  const { provenance } = artifact;
  if (artifact.task === 'regression') {
    const { input, value } = artifact.verification.cases[0]!;
    return { input, answer: { task: 'regression', value } };
  }
  const { cases } = artifact.verification;
  const ofFirstClass = cases.find(({ label }) => label === artifact.classes[0]);
  const { input, label } = (provenance.source === 'trained' && ofFirstClass) || cases[0]!;
  return { input, answer: { task: 'classification', label } };
}

/** The median of numbers, the most frequent one of other values; `null` where most rows had none. */
function usualValue(column: ColumnSpec, distribution: DistributionSpec): InputValue {
  if (distribution.missing > 0.5) return null;
  if (distribution.type === 'quantiles') return distribution.quantiles[5]!;
  const shares = float64Values(distribution.shares);
  const { values = [false, true] } = column as { readonly values?: readonly InputValue[] };
  const most = shares.reduce((greatest, share) => Math.max(greatest, share));
  return values[shares.indexOf(most)]!;
}
