import { labelEncodedColumns } from '../estimators/sklearn/label-encoded-columns';
import type { Candidate, FileContents } from './candidates';
import type { FoundTransformer } from './found-estimator';

/** The label encoders of a dictionary by column, such as `{"sex": LabelEncoder(), …}`; `undefined` for other files. */
export function encodersByColumn({ candidates }: FileContents): FoundTransformer | undefined {
  const isByColumn =
    candidates.length > 0 && candidates.every(({ role, path }) => role === 'labels' && path !== '');
  return isByColumn ? encoders(candidates) : undefined;
}

function encoders(candidates: readonly Candidate[]): FoundTransformer {
  const names = candidates.map(({ path }) => path);
  const estimators = candidates.map(({ estimator }) => estimator);
  return {
    type: 'label encoders by column',
    input: { count: names.length, names },
    sklearnVersion: estimators[0]?.version,
    convert: (input) => labelEncodedColumns(estimators, input),
    // Often the encoder of the target is in the dictionary too.
    only: (wanted) => encoders(candidates.filter(({ path }) => wanted.includes(path))),
  };
}
