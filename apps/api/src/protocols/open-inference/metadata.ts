import type { ServedModel } from '@inferserve/inference';
import { SERVER_VERSION } from '../../server-version';
import { listedOutputs, outputsOf } from './response/output-tensor';
import { hasMatrix, MATRIX_NAMES } from './rows/rows-of';

/** A tensor as metadata describes it; -1 stands for the number of rows. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

/** What `GET /v2/models/{model}` answers. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  readonly properties: Readonly<Record<string, string>>;
}

/** What `GET /v2` answers. */
export const SERVER_METADATA = {
  name: 'inferserve',
  version: SERVER_VERSION,
  extensions: ['binary_tensor_data', 'classification'],
} as const;

/** The metadata of a model; `versions` are those that a request may name. */
export function modelMetadata(model: ServedModel, versions: readonly string[]): ModelMetadata {
  const outputs = outputsOf(model);
  return {
    name: model.name,
    versions,
    platform: 'inferserve_model',
    inputs: inputsOf(model),
    outputs: listedOutputs(outputs).map((name) => {
      const { datatype, rowShape } = outputs.get(name)!;
      return { name, datatype, shape: [-1, ...rowShape] };
    }),
    properties: {
      task: model.task,
      ...(model.task === 'classification' && { classes: JSON.stringify(model.classes) }),
      columns: JSON.stringify(
        model.description.columns.map(({ name, datatype, schema }) => ({
          name,
          datatype,
          ...schema,
        })),
      ),
      ...explanationUnit(model),
      content_hash: model.artifact.contentHash,
    },
  };
}

/** Says that there is an output `explanation`, which is not listed: what is listed comes without being asked for. */
function explanationUnit({ explanations }: ServedModel): Readonly<Record<string, string>> {
  const { unavailable, unit } = explanations;
  return unavailable === undefined ? { explanation_unit: unit! } : {};
}

function inputsOf(model: ServedModel): readonly TensorMetadata[] {
  const { columns } = model.description;
  if (hasMatrix(model)) {
    const { datatype } = columns[0]!;
    return [{ name: MATRIX_NAMES[0], datatype, shape: [-1, columns.length] }];
  }
  return columns.map(({ name, datatype }) => ({ name, datatype, shape: [-1, 1] }));
}
