import type { ClassLabel } from '../artifact/artifact';
import type { DistributionForm } from '../distributions/distribution-form';
import { QUANTILES } from '../distributions/quantiles';
import { sharesOf } from '../distributions/shares';

/** How predictions are distributed: by class or, for a regressor that has none, as numbers. */
export function predictionForm(classes: readonly ClassLabel[]): DistributionForm {
  return classes.length > 0 ? sharesOf(classes) : QUANTILES;
}
