import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  float64Values,
  matrixSchema,
  matrixShape,
  numericArraySchema,
} from '../artifact/numeric-array';
import type { Vector } from '../vector';
import type { PredictorKind } from './predictor-kind';

const ACTIVATIONS = {
  identity: (x: number) => x,
  logistic: (x: number) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x: number) => Math.max(x, 0),
} as const;

type ActivationName = keyof typeof ACTIVATIONS;

const schema = v.strictObject({
  type: v.literal('mlp'),
  layers: v.pipe(
    v.array(
      v.strictObject({
        /** One row for each input of the layer, one column for each of its units. */
        weights: matrixSchema,
        biases: numericArraySchema,
      }),
    ),
    v.minLength(1),
    v.maxLength(1000),
    v.readonly(),
  ),
  /** Applied behind every layer but the last, whose sums are the scores. */
  activation: v.picklist(Object.keys(ACTIVATIONS) as ActivationName[]),
});

export type MlpSpec = v.InferOutput<typeof schema>;
type LayerSpec = MlpSpec['layers'][number];

interface Layer {
  readonly output: Float64Array;
  run(): void;
}

/** A multilayer perceptron: `activation(x · weights + biases)` layer by layer. */
export const mlp: PredictorKind<MlpSpec> = {
  type: 'mlp',
  schema,
  compile({ layers: specs, activation }, input, path) {
    const layers: Layer[] = [];
    let row = input;
    for (const [index, spec] of specs.entries()) {
      const activate = index < specs.length - 1 ? ACTIVATIONS[activation] : undefined;
      const layer = compileLayer(spec, row, activate, `${path}.layers[${index}]`);
      layers.push(layer);
      row = { values: layer.output };
    }
    return {
      scores: row.values,
      run() {
        for (const layer of layers) layer.run();
      },
    };
  },
  describe: ({ layers, activation }) =>
    `multilayer perceptron, ${layers.length - 1} hidden layers, ${activation}`,
};

function compileLayer(
  spec: LayerSpec,
  { values, nonzero }: Vector,
  activate: ((x: number) => number) | undefined,
  path: string,
): Layer {
  const biases = float64Values(spec.biases);
  const units = biases.length;
  const [rows, columns] = matrixShape(spec.weights) ?? [];
  if (rows !== values.length || columns !== units || units === 0) {
    const problem = `must be ${values.length} rows, one for each input, with ${units} elements each`;
    throw new ArtifactError(`${path}.weights`, problem);
  }
  const weights = float64Values(spec.weights);
  const output = new Float64Array(units);
  const add = (j: number): void => {
    const value = values[j]!;
    const offset = j * units;
    for (let k = 0; k < units; k++) output[k] = output[k]! + value * weights[offset + k]!;
  };
  return {
    output,
    run() {
      output.fill(0);
      if (nonzero) for (let i = 0; i < nonzero.count; i++) add(nonzero.indices[i]!);
      else for (let j = 0; j < values.length; j++) add(j);
      for (let k = 0; k < units; k++) {
        const sum = output[k]! + biases[k]!;
        output[k] = activate ? activate(sum) : sum;
      }
    },
  };
}
