import type { ConformanceTarget } from './conformance-target';

/** One thing that a server of the Open Inference Protocol, version 2, has to do. */
export interface ConformanceCheck {
  /** Stable between versions, for people to refer to. */
  readonly id: string;
  readonly title: string;
  /** `must`: the protocol says so, or no client could rely on it. `should`: custom, or an extension. */
  readonly level: 'must' | 'should';
  /**
   * @throws ConformanceFailure where the server does otherwise
   * @throws CheckSkipped where the check does not apply to this server or model
   */
  run(target: ConformanceTarget): Promise<void>;
}

/** Checks that belong together. */
export interface ConformanceGroup {
  readonly title: string;
  readonly checks: readonly ConformanceCheck[];
}
