import { CheckSkipped } from './check-skipped.error';
import type { ConformanceGroup } from './conformance-check';
import { ConformanceFailure } from './conformance-failure.error';
import { ConformanceSetupError } from './conformance-setup.error';
import type { ConformanceTarget } from './conformance-target';
import { CONFORMANCE_GROUPS } from './conformance-groups';

/** What became of one check. */
export interface CheckResult {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly level: 'must' | 'should';
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly message?: string;
  readonly ms: number;
}

/** What a server does and does not do. */
export interface ConformanceReport {
  readonly model: string;
  readonly version?: string;
  /** No check of level `must` failed. */
  readonly conforms: boolean;
  readonly results: readonly CheckResult[];
}

/**
 * Makes all checks, one after another.
 * @param onResult is called after each
 * @throws ConformanceSetupError where the server refuses to be asked
 */
export async function runConformance(
  target: ConformanceTarget,
  onResult: (result: CheckResult) => void = () => undefined,
  groups: readonly ConformanceGroup[] = CONFORMANCE_GROUPS,
): Promise<ConformanceReport> {
  const results: CheckResult[] = [];
  for (const { title: group, checks } of groups) {
    for (const check of checks) {
      const { id, title, level } = check;
      const started = performance.now();
      const outcome = await outcomeOf(() => check.run(target));
      const ms = Math.round(performance.now() - started);
      const result = { id, group, title, level, ...outcome, ms };
      results.push(result);
      onResult(result);
    }
  }
  const { model, version } = target;
  const conforms = !results.some(({ level, outcome }) => level === 'must' && outcome === 'failed');
  return { model, ...(version !== undefined && { version }), conforms, results };
}

async function outcomeOf(
  run: () => Promise<void>,
): Promise<Pick<CheckResult, 'outcome' | 'message'>> {
  try {
    await run();
    return { outcome: 'passed' };
  } catch (error) {
    if (error instanceof ConformanceSetupError) throw error;
    const { message } = error as Error;
    if (error instanceof CheckSkipped) return { outcome: 'skipped', message };
    if (error instanceof ConformanceFailure) return { outcome: 'failed', message };
    // A connection that broke, or no answer in time.
    return { outcome: 'failed', message: `no answer: ${message}` };
  }
}
