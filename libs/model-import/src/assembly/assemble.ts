import type { ColumnSpec } from '@inferserve/model';
import type { ConvertedModel, FoundModel, FoundStep } from '../estimators/contract/converter';
import { InputColumn } from '../estimators/layout/input-column';
import { Layout } from '../estimators/layout/layout';
import { ModelImportError } from '../files/bytes/model-import.error';
import { Conversion } from './conversion';
import type { FoundTransformer } from './found-estimator';

/** A model with everything before it, as parts of an artifact. */
export interface AssembledModel {
  readonly model: ConvertedModel;
  readonly columns: readonly ColumnSpec[];
  /** Names of the columns that the model was fitted on and that nothing uses. */
  readonly unusedColumns: readonly string[];
  /** Values of each column that are worth trying. */
  readonly samples: readonly (readonly number[])[];
  readonly steps: readonly FoundStep[];
  readonly warnings: readonly string[];
}

/**
 * Converts the transformers and then the model, twice: the first run learns what each column of the request must
 * be, the second makes the steps for columns that are just that. Columns that nothing uses are left out.
 * @throws ModelImportError that names the estimator which cannot be converted
 */
export function assemble(
  found: FoundModel,
  before: readonly FoundTransformer[],
  names: readonly string[],
): AssembledModel {
  const columns = names.map((name) => new InputColumn(name));
  convert(found, before, Layout.ofInput(columns), new Conversion());
  const used = columns.filter(({ isUsed }) => isUsed);
  if (used.length === 0) {
    throw new ModelImportError(
      'uses none of its columns',
      'Check the model in Python and save it again.',
    );
  }
  const resolved = used.map((column) => column.resolve());
  // A table often has boolean columns among its numbers, and the file does not say which.
  const specs = resolved.map((spec) =>
    spec.type === 'number' && !spec.values ? { ...spec, booleans: true } : spec,
  );
  const conversion = new Conversion();
  const model = convert(found, before, Layout.ofInput(columns), conversion);
  const unusedColumns = columns.filter(({ isUsed }) => !isUsed).map(({ name }) => name);
  if (unusedColumns.length > 0) conversion.warn(unusedWarning(unusedColumns));
  return {
    model,
    columns: specs,
    unusedColumns,
    samples: used.map(({ samples }) => samples),
    steps: conversion.steps,
    warnings: conversion.warnings,
  };
}

function convert(
  found: FoundModel,
  before: readonly FoundTransformer[],
  input: Layout,
  conversion: Conversion,
): ConvertedModel {
  const pipeline: ConvertedModel['pipeline'][number][] = [];
  let layout = input;
  for (const [index, transformer] of before.entries()) {
    const { specs, output } = transformer.convert(layout, conversion);
    pipeline.push(...specs);
    layout = output;
    const next = before[index + 1] ?? found;
    if (!next.input.isOpen && layout.length !== next.input.count) {
      throw new ModelImportError(
        `gives ${layout.length} features, but ${next.type} takes ${next.input.count}`,
        'Give the files that were fitted together, in the order in which rows go through them.',
        { path: transformer.type },
      );
    }
  }
  const model = found.convert(layout, conversion);
  return { ...model, pipeline: [...pipeline, ...model.pipeline] };
}

function unusedWarning(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `the model does not use ${names.slice(0, 5).join(', ')}${more}: requests may leave ${names.length === 1 ? 'it' : 'them'} out`;
}
