import type { ClassLabel } from '@inferserve/model';
import { labelsOf } from '../../contract/arrays';
import type { ConvertContext } from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';

/** The classes of a boosted classifier, and how many scores it has: one for two classes. */
export function boostedClasses(
  estimator: Estimator,
  context: ConvertContext,
): { readonly classes: readonly ClassLabel[]; readonly scoreCount: number } {
  const classes = labelsOf(estimator, 'classes_', (warning) => context.warn(warning));
  return { classes, scoreCount: classes.length === 2 ? 1 : classes.length };
}
