import type { ShadowScorer } from '@inferserve/inference';
import { Counter, Gauge, type Registry } from 'prom-client';

const LABELS = ['model', 'version', 'shadow_version'] as const;

/** Registers how the answers of shadow versions compare with those of the versions that serve. */
export function registerShadowMetrics(registry: Registry, shadows: ShadowScorer): void {
  const registers = [registry];
  new Counter({
    name: 'inferserve_shadow_rows_total',
    help: 'Rows that a shadow version scored too: agree, differ, error (it has no answer) or dropped (too many waited)',
    labelNames: [...LABELS, 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { name: model, version, shadowVersion, rows } of shadows.comparisons()) {
        for (const [outcome, count] of Object.entries(rows)) {
          this.inc({ model, version, shadow_version: shadowVersion, outcome }, count);
        }
      }
    },
  });
  new Gauge({
    name: 'inferserve_shadow_agreement_ratio',
    help: 'Share of the rows since the start to which the shadow version gives the same answer',
    labelNames: [...LABELS],
    aggregator: 'average',
    registers,
    collect() {
      this.reset();
      for (const { name: model, version, shadowVersion, agreement } of shadows.comparisons()) {
        this.set({ model, version, shadow_version: shadowVersion }, agreement);
      }
    },
  });
  new Gauge({
    name: 'inferserve_shadow_largest_gap',
    help: 'Largest difference of a probability, or of the values of regressors, since the start',
    labelNames: [...LABELS],
    aggregator: 'max',
    registers,
    collect() {
      this.reset();
      for (const { name: model, version, shadowVersion, largestGap } of shadows.comparisons()) {
        this.set({ model, version, shadow_version: shadowVersion }, largestGap);
      }
    },
  });
}
