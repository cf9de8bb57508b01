import { packArray } from '@inferserve/model';
import type { ConvertedTransform } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';

/** The step that keeps some columns. */
export function selection(
  selector: Estimator,
  mask: readonly boolean[],
  input: Layout,
): ConvertedTransform {
  if (mask.length !== input.length) {
    throw selector.fault(
      `was fitted on ${mask.length} columns, and gets ${input.length}`,
      'Check the selector in Python and save it again.',
    );
  }
  const kept = mask.flatMap((isKept, j) => (isKept ? [j] : []));
  if (kept.length === 0) throw selector.fault('keeps no column', 'Fit it with other settings.');
  if (kept.length === mask.length) return { specs: [], output: input };
  const positions = input.positionsOf(kept);
  const columns =
    'start' in positions ? positions : packArray(Int32Array.from(positions as number[]));
  return {
    specs: [{ type: 'select', columns, from: selector.className }],
    output: input.select(kept),
  };
}
