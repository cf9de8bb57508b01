import type { DistributionForm } from '../distributions/distribution-form';
import { QUANTILES } from '../distributions/quantiles';
import { sharesOf } from '../distributions/shares';

/** How predictions are distributed: by class, or as the numbers that a regressor gives. */
export function predictionForm(classCount: number): DistributionForm {
  return classCount > 0 ? sharesOf(classCount) : QUANTILES;
}
