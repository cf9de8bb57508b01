import { Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import { Counter, Gauge, type Registry } from 'prom-client';
import { TrafficReports } from '../models/traffic-reports';
import { MetricsService } from './metrics.service';

const LABELS = ['model', 'version'] as const;

/**
 * Registers how traffic compares with the baselines. An index of several processes is that of their summed counts, so
 * these metrics are of all processes from the start, not added up.
 */
@Injectable()
export class TrafficMetrics {
  constructor({ sharedRegistry }: MetricsService, reports: TrafficReports) {
    registerRows(sharedRegistry, reports);
    registerOutside(sharedRegistry, reports);
    registerIndices(sharedRegistry, reports);
  }
}

function registerRows(registry: Registry, reports: TrafficReports): void {
  new Gauge({
    name: 'inferserve_traffic_window_rows',
    help: 'Rows of the last hour that are compared with the baseline of the model',
    labelNames: LABELS,
    registers: [registry],
    async collect() {
      const traffic = await reports.read();
      this.reset();
      for (const [model, { rows }] of traffic) this.set(labelsOf(model), rows);
    },
  });
}

function registerOutside(registry: Registry, reports: TrafficReports): void {
  new Counter({
    name: 'inferserve_column_outside_total',
    help: 'Rows with a value outside of the baseline, by column: missing, unseen, below_range or above_range',
    labelNames: [...LABELS, 'column', 'type'] as const,
    registers: [registry],
    async collect() {
      const traffic = await reports.read();
      this.reset();
      for (const [model, { columns }] of traffic) {
        for (const { name: column, outside } of columns) {
          for (const { type, total } of outside) {
            this.inc({ ...labelsOf(model), column, type }, total);
          }
        }
      }
    },
  });
}

function registerIndices(registry: Registry, reports: TrafficReports): void {
  new Gauge({
    name: 'inferserve_column_stability_index',
    help: 'Population stability index of the last hour by column, once it has 200 rows',
    labelNames: [...LABELS, 'column'] as const,
    registers: [registry],
    async collect() {
      const traffic = await reports.read();
      this.reset();
      for (const [model, { columns }] of traffic) {
        for (const { name: column, stabilityIndex } of columns) {
          if (stabilityIndex !== undefined) {
            this.set({ ...labelsOf(model), column }, stabilityIndex);
          }
        }
      }
    },
  });
  new Gauge({
    name: 'inferserve_predictions_stability_index',
    help: 'Population stability index of the predictions of the last hour, once it has 200 rows',
    labelNames: LABELS,
    registers: [registry],
    async collect() {
      const traffic = await reports.read();
      this.reset();
      for (const [model, { predictions }] of traffic) {
        const { stabilityIndex } = predictions ?? {};
        if (stabilityIndex !== undefined) this.set(labelsOf(model), stabilityIndex);
      }
    },
  });
}

function labelsOf({ name: model, version }: ServedModel): Record<(typeof LABELS)[number], string> {
  return { model, version };
}
