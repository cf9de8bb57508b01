import type { Predictions, ServedModel } from '@inferserve/inference';
import type { Element } from '../tensors/element';

/** The values of an output: numbers, or for each element one of a few values. */
export type OutputValues =
  | { readonly numbers: Float64Array }
  | { readonly options: readonly Exclude<Element, null>[]; readonly indices: Int32Array };

/** A tensor of a response, before it is written. */
export interface OutputTensor {
  readonly name: string;
  readonly datatype: OutputDatatype;
  readonly shape: readonly number[];
  readonly values: OutputValues;
}

export type OutputDatatype = 'FP64' | 'INT64' | 'BOOL' | 'BYTES';

/** An output that a model can give. */
export interface OutputKind {
  readonly datatype: OutputDatatype;
  /** Without the number of rows. */
  readonly rowShape: readonly number[];
  /** What the predictions have to hold for it beside classes and values. */
  readonly needs?: 'probabilities' | 'explanations';
  /** Why the model cannot give it; absent where it can. */
  readonly unavailable?: string;
  /** Most rows of one request that it is given for; any number where this is absent. */
  readonly maxRows?: number;
  values(predictions: Predictions): OutputValues;
}

const known = new WeakMap<ServedModel, ReadonlyMap<string, OutputKind>>();

/** The outputs of a model by every name that they go by; those of `listedOutputs` come first. */
export function outputsOf(model: ServedModel): ReadonlyMap<string, OutputKind> {
  let outputs = known.get(model);
  if (!outputs) {
    outputs = new Map([...predictionsOf(model), ['explanation', explanationOf(model)]]);
    known.set(model, outputs);
  }
  return outputs;
}

/** Contributions of the columns and then the base, as `pred_contribs` of XGBoost and LightGBM lay them out. */
function explanationOf({ columns, explanations }: ServedModel): OutputKind {
  const { unavailable, maxRows } = explanations;
  return {
    datatype: 'FP64',
    rowShape: [columns.length + 1],
    needs: 'explanations',
    maxRows,
    ...(unavailable !== undefined && { unavailable }),
    values: (predictions) => ({ numbers: predictions.explanations! }),
  };
}

function predictionsOf(model: ServedModel): ReadonlyMap<string, OutputKind> {
  const { classes, hasProbabilities, task } = model;
  if (task === 'regression') {
    const value: OutputKind = {
      datatype: 'FP64',
      rowShape: [],
      values: ({ values }) => ({ numbers: values }),
    };
    return new Map([
      ['predict', value],
      ['output-0', value],
      ['variable', value],
    ]);
  }
  const label: OutputKind = {
    datatype: labelDatatype(model),
    rowShape: [],
    values: ({ classIndices }) => ({ options: labelsOf(model), indices: classIndices }),
  };
  const index: OutputKind = {
    ...label,
    datatype: 'INT64',
    values: ({ classIndices }) => ({ options: classes.map((_, k) => k), indices: classIndices }),
  };
  const shares: OutputKind = {
    datatype: 'FP64',
    rowShape: [classes.length],
    needs: 'probabilities',
    values: ({ probabilities }) => ({ numbers: probabilities! }),
  };
  return new Map<string, OutputKind>([
    ['predict', label],
    ...(hasProbabilities ? ([['predict_proba', shares]] as const) : []),
    ['output-0', index],
    ['label', label],
    ...(hasProbabilities ? ([['probabilities', shares]] as const) : []),
  ]);
}

/** The outputs that metadata lists, and that a request without a choice of its own gets. */
export function listedOutputs(outputs: ReadonlyMap<string, OutputKind>): readonly string[] {
  return ['predict', 'predict_proba'].filter((name) => outputs.has(name));
}

function labelDatatype({ classes }: ServedModel): OutputDatatype {
  if (classes.every((label) => typeof label === 'number')) return 'INT64';
  return classes.every((label) => typeof label === 'boolean') ? 'BOOL' : 'BYTES';
}

/** Labels as the datatype holds them: all text where they are not all of one type. */
function labelsOf(model: ServedModel): readonly Exclude<Element, null>[] {
  return labelDatatype(model) === 'BYTES' ? model.classes.map(String) : model.classes;
}
