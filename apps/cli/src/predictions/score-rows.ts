import { type ClassLabel, type CompiledModel, UnscorableRowError } from '@inferserve/model';
import type { InputRow } from '../rows/row-source';

/** The answer to a row. */
export interface Prediction {
  /** The predicted class, or the number of a regressor. */
  readonly answer: ClassLabel;
  /** One probability per class, where they were asked for and the model has them. */
  readonly probabilities?: Float64Array;
}

/** Why a row has no answer; holds nothing of its values. */
export interface RowFault {
  readonly column?: string;
  readonly type: string;
  readonly message: string;
}

/** A row with its answer, or with everything that is wrong with it. */
export type ScoredRow = { readonly row: InputRow } & (
  { readonly prediction: Prediction } | { readonly faults: readonly RowFault[] }
);

/** Scores rows in their order, with the code that serves predictions, some at a time. */
export async function* scoreRows(
  model: CompiledModel,
  rows: AsyncIterable<InputRow>,
  withProbabilities: boolean,
): AsyncGenerator<readonly ScoredRow[]> {
  let block: InputRow[] = [];
  for await (const row of rows) {
    if (block.push(row) < model.blockSize) continue;
    yield scoreBlock(model, block, withProbabilities);
    block = [];
  }
  yield scoreBlock(model, block, withProbabilities);
}

function scoreBlock(
  model: CompiledModel,
  rows: readonly InputRow[],
  withProbabilities: boolean,
): readonly ScoredRow[] {
  const predictions = new Map<number, Prediction>();
  const unscorable = new Set<number>();
  model.scoreBlock(
    rows.length,
    (at) => rows[at]!.problem === undefined && model.readValues(rows[at]!.values),
    (at) => {
      const prediction = predictionOf(model, withProbabilities);
      if (prediction) predictions.set(at, prediction);
      else unscorable.add(at);
    },
    (at) => void unscorable.add(at),
  );
  return rows.map((row, at) => {
    const prediction = predictions.get(at);
    if (prediction) return { row, prediction };
    return { row, faults: unscorable.has(at) ? [UNSCORABLE] : faultsOf(model, row) };
  });
}

const UNSCORABLE: RowFault = {
  type: 'unscorable_row',
  message: 'The model has no finite answer for this row',
};

/** `undefined` where the number of a regressor is not finite. */
function predictionOf(model: CompiledModel, withProbabilities: boolean): Prediction | undefined {
  if (model.artifact.task === 'regression') return numberOf(model);
  const answer = model.classes[model.classIndex()]!;
  const probabilities = withProbabilities ? model.probabilities() : undefined;
  return probabilities ? { answer, probabilities } : { answer };
}

function numberOf(model: CompiledModel): Prediction | undefined {
  try {
    return { answer: model.value() };
  } catch (error) {
    if (error instanceof UnscorableRowError) return undefined;
    throw error;
  }
}

function faultsOf(model: CompiledModel, { values, problem }: InputRow): readonly RowFault[] {
  if (problem !== undefined) return [{ type: 'row', message: problem }];
  return values.map((value, j) => model.fault(j, value)).filter((fault) => fault !== undefined);
}
