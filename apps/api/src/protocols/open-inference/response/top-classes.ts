import type { Predictions, ServedModel } from '@inferserve/inference';
import type { OutputTensor } from './output-tensor';

/**
 * The classes with the highest probabilities of each row, as `value:index:label` (Triton's classification
 * extension), highest first and of equal ones the first.
 */
export function topClasses(
  name: string,
  classCount: number,
  { classes }: ServedModel,
  { count, probabilities }: Predictions,
): OutputTensor {
  const k = Math.min(classCount, classes.length);
  const options: string[] = [];
  const order = classes.map((_, index) => index);
  for (let row = 0; row < count; row++) {
    const shares = probabilities!.subarray(row * classes.length, (row + 1) * classes.length);
    const best = [...order].sort((a, b) => shares[b]! - shares[a]!).slice(0, k);
    for (const index of best) options.push(`${shares[index]}:${index}:${String(classes[index])}`);
  }
  const indices = Int32Array.from(options, (_, i) => i);
  return { name, datatype: 'BYTES', shape: [count, k], values: { options, indices } };
}
