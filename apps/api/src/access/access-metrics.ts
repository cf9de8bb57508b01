import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { RequestOutcome } from '../http/requests/request-recorder';
import { MetricsService } from '../metrics/metrics.service';
import { ACCESS, type Access } from './access';

/** Metrics of the clients that have a key: by name, of which there are as many as the file has. */
@Injectable()
export class AccessMetrics {
  private readonly requests?: Counter<'api_key' | 'status'>;
  private readonly failures?: Counter<'reason'>;

  constructor(@Inject(ACCESS) access: Access, { registry }: MetricsService) {
    if (access === null) return;
    const registers = [registry];
    this.requests = new Counter({
      name: 'inferserve_api_key_requests_total',
      help: 'Requests with an API key, by the name of the client and the status of the answer',
      labelNames: ['api_key', 'status'] as const,
      registers,
    });
    this.failures = new Counter({
      name: 'inferserve_authentication_failures_total',
      help: 'Requests without a required API key (absent) or with a key that nobody has (unknown)',
      labelNames: ['reason'] as const,
      registers,
    });
  }

  requested({ apiKey, status }: RequestOutcome): void {
    if (apiKey !== undefined) this.requests?.inc({ api_key: apiKey, status: String(status) });
  }

  failed(reason: 'absent' | 'unknown'): void {
    this.failures?.inc({ reason });
  }
}
