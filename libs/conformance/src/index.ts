export { CheckSkipped } from './check-skipped.error';
export type { ConformanceCheck, ConformanceGroup } from './conformance-check';
export { CONFORMANCE_GROUPS } from './conformance-groups';
export { ConformanceSetupError } from './conformance-setup.error';
export type { ConformanceTarget } from './conformance-target';
export { findTarget, type TargetOptions } from './find-target';
export { ProtocolClient } from './protocol-client';
export { type CheckResult, type ConformanceReport, runConformance } from './run-conformance';
export type { JsonTensor } from './tensors';
