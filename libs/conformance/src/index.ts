export { CheckSkipped } from './check-skipped.error';
export { CONFORMANCE_GROUPS } from './conformance-groups';
export { ConformanceSetupError } from './conformance-setup.error';
export type { ConformanceTarget } from './conformance-target';
export { findTarget } from './find-target';
export { ProtocolClient } from './protocol-client';
export { type CheckResult, type ConformanceReport, runConformance } from './run-conformance';
export type { JsonTensor } from './tensors';
