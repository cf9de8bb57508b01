import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { ModelRegistry, ModelUpdater, type ServedModel } from '@inferserve/inference';
import { RateLimitHealth } from '@inferserve/rate-limit';
import { Lifecycle } from './lifecycle';

/** Whether the process should get requests, and what each check says. */
export interface Readiness {
  /** Names of the checks that fail; empty while the process is ready. */
  readonly failing: readonly string[];
  readonly details: HealthCheckResult['details'];
}

/** Checks whether the process should get requests: for every protocol that has a readiness probe. */
@Injectable()
export class ReadinessService {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly registry: ModelRegistry,
    private readonly updater: ModelUpdater,
    private readonly rateLimit: RateLimitHealth,
    private readonly lifecycle: Lifecycle,
  ) {}

  async check(): Promise<Readiness> {
    try {
      const { details } = await this.health.check([
        () => this.shutdownIndicator(),
        () => this.modelIndicator(),
        () => this.rateLimitIndicator(),
      ]);
      return { failing: [], details };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: failing, details } = error.getResponse() as HealthCheckResult;
      return { failing: Object.keys(failing ?? {}), details };
    }
  }

  private shutdownIndicator(): HealthIndicatorResult {
    const check = this.indicators.check('shutdown');
    return this.lifecycle.isStopping ? check.down({ stopping: true }) : check.up();
  }

  private modelIndicator(): HealthIndicatorResult {
    const check = this.indicators.check('model');
    const { registry } = this;
    const { name, version } = registry.hasDefault ? registry.default : {};
    const models = registry.list();
    const unsound = models.filter((model) => !model.isSound());
    const missing = this.updater.problems.filter(
      ({ servedVersion }) => servedVersion === undefined,
    );
    const isReady = registry.hasDefault && unsound.length === 0 && missing.length === 0;
    const state = {
      name,
      version,
      ...(models.length > 1 && { models: models.map(label) }),
      ...(unsound.length > 0 && { unsound: unsound.map(label) }),
      ...(missing.length > 0 && { missing }),
      ...(models.length === 0 && { reason: 'No model is loaded' }),
    };
    return isReady ? check.up(state) : check.down(state);
  }

  private rateLimitIndicator(): HealthIndicatorResult {
    const check = this.indicators.check('rateLimit');
    const { backend, available, reason } = this.rateLimit.state;
    const state = { backend, degraded: reason !== undefined, ...(reason && { reason }) };
    return available ? check.up(state) : check.down(state);
  }
}

function label({ name, version }: ServedModel): string {
  return `${name}@${version}`;
}
