import type { CompiledModel } from '@inferserve/model';
import type { PredictionFormat } from './prediction-format';
import type { ScoredRow } from './score-rows';

/** One JSON object per row, as `POST /predict/batch` answers it: `{"predicted_class":…}`, or `{"error":[…]}`. */
export function ndjsonFormat({ artifact, classes }: CompiledModel): PredictionFormat {
  const answerName = artifact.task === 'regression' ? 'predicted_value' : 'predicted_class';
  const names = classes.map(String);
  const answered = (scored: ScoredRow): object => {
    if ('faults' in scored) {
      const error = scored.faults.map(({ column, message, type }) => ({
        loc: column === undefined ? [] : [column],
        msg: message,
        type,
      }));
      return { error };
    }
    const { answer, probabilities } = scored.prediction;
    if (!probabilities) return { [answerName]: answer };
    const shares = Object.fromEntries(names.map((name, k) => [name, probabilities[k]]));
    return { [answerName]: answer, probabilities: shares };
  };
  return { head: '', row: (scored) => `${JSON.stringify(answered(scored))}\n` };
}
