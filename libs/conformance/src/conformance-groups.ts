import type { ConformanceGroup } from './conformance-check';
import { binaryTensors } from './groups/binary-tensors';
import { healthAndMetadata } from './groups/health-and-metadata';
import { inference } from './groups/inference';
import { invalidRequests } from './groups/invalid-requests';

/** All checks, in the order of the report. */
export const CONFORMANCE_GROUPS: readonly ConformanceGroup[] = [
  healthAndMetadata,
  inference,
  invalidRequests,
  binaryTensors,
];
