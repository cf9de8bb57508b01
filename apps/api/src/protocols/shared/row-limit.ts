import type { ServedModel } from '@inferserve/inference';
import type { Environment } from '../../settings/environment';

/** The least that a derived limit allows, and its granularity. */
const LEAST_BYTES = 16 * 1024;
const STEP_BYTES = 1024;

/** Bytes that the body of one prediction may have: as configured, or else what a row of the model can need. */
export function rowLimit(
  { bodyLimitBytes }: Pick<Environment, 'bodyLimitBytes'>,
  { description }: ServedModel,
): number {
  if (bodyLimitBytes !== undefined) return bodyLimitBytes;
  return Math.max(LEAST_BYTES, Math.ceil(description.rowBytes / STEP_BYTES) * STEP_BYTES);
}
