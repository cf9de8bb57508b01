import { ArtifactError } from '../../artifact/artifact.error';
import { float64Values, type NumericArray } from '../../artifact/numeric-array';

/**
 * The numbers of an array that must all be finite, which packed ones need not be.
 * @throws ArtifactError under `path`
 */
export function finiteValues(array: NumericArray, path: string): Float64Array {
  const values = float64Values(array);
  if (!values.every(Number.isFinite)) throw new ArtifactError(path, 'must be finite numbers');
  return values;
}
