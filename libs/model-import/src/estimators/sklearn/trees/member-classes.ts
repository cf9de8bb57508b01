import { decodeNumbers } from '../../../files/numpy/decode-numbers';
import { arrayOf } from '../../contract/arrays';
import type { Estimator } from '../../contract/estimator';

/**
 * The shares of a member's classes as shares of the ensemble's: a member knows the indices of the classes that
 * its sample held, which may be fewer.
 * @throws ModelImportError for indices that are none
 */
export function memberClasses(
  member: Estimator,
  shares: Float64Array,
  width: number,
  classCount: number,
): Float64Array {
  const indices = decodeNumbers(arrayOf(member, 'classes_'));
  const isSound = indices.every((k) => Number.isInteger(k) && k >= 0 && k < classCount);
  if (indices.length !== width || !isSound) {
    throw member.fault(
      'has classes that are not those of the ensemble around it',
      'Check the model in Python and save it again.',
      'classes_',
    );
  }
  if (width === classCount && indices.every((k, i) => k === i)) return shares;
  const nodeCount = shares.length / width;
  const all = new Float64Array(nodeCount * classCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = 0; i < width; i++) {
      all[node * classCount + indices[i]!] = shares[node * width + i]!;
    }
  }
  return all;
}
