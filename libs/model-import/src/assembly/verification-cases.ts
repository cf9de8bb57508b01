import {
  type Answer,
  type ClassCase,
  type CompiledModel,
  type InputValue,
  type NumberCase,
  UnscorableRowError,
} from '@inferserve/model';

/** Correct float64 arithmetic in another order differs by less than 1e-14. */
export const VERIFICATION_TOLERANCE = 1e-12;

const MAX_CASES = 16;
/** Where the two best probabilities are closer than this, another processor could choose the other class. */
const CLEAR_MARGIN = 1e-9;

interface Scored {
  readonly input: InputValue[];
  readonly answer: Answer;
}

/**
 * Rows with the answers of the imported model. They say whether whoever loads the artifact later computes what was
 * imported; that the import itself is right is what the reference files of the tests show.
 * @throws RangeError where the model has a finite answer for none of the rows
 */
export function verificationCases(
  model: CompiledModel,
  rows: readonly InputValue[][],
): { readonly classCases: ClassCase[]; readonly numberCases: NumberCase[] } {
  const scored = rows.flatMap((input) => score(model, input));
  if (scored.length === 0) throw new RangeError('the model has no finite answer for any row');
  const clear = scored.filter(({ answer }) => isClear(answer));
  const kept = varied(clear.length > 0 ? clear : scored);
  return {
    classCases: kept.flatMap(({ input, answer }) =>
      answer.task === 'classification' ? [classCase(input, answer)] : [],
    ),
    numberCases: kept.flatMap(({ input, answer }) =>
      answer.task === 'regression' ? [{ input, value: answer.value }] : [],
    ),
  };
}

function score(model: CompiledModel, input: InputValue[]): Scored[] {
  try {
    return [{ input, answer: model.score(input) }];
  } catch (error) {
    if (error instanceof UnscorableRowError) return [];
    throw error;
  }
}

/** The first row of each class before second ones, so that few rows show many classes. */
function varied(scored: readonly Scored[]): readonly Scored[] {
  const seen = new Map<number, number>();
  const ranked = scored.map((row, index) => {
    const key = row.answer.task === 'classification' ? row.answer.classIndex : index;
    const rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    return { row, rank, index };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked.slice(0, MAX_CASES).map(({ row }) => row);
}

function isClear(answer: Answer): boolean {
  if (answer.task === 'regression' || !answer.probabilities) return true;
  const [first = 0, second = 0] = Array.from(answer.probabilities).sort((a, b) => b - a);
  return first - second > CLEAR_MARGIN;
}

function classCase(
  input: InputValue[],
  { label, probabilities }: Extract<Answer, { task: 'classification' }>,
): ClassCase {
  return { input, label, ...(probabilities && { probabilities: Array.from(probabilities) }) };
}
