import { Controller, Get, HttpCode, ServiceUnavailableException } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { InferenceService } from '@inferserve/inference';
import { RateLimitHealth } from '@inferserve/rate-limit';
import { Lifecycle } from './lifecycle';

/** Probes: alive as long as it can answer; ready while it should get requests. */
@ApiTags('service')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly inference: InferenceService,
    private readonly rateLimit: RateLimitHealth,
    private readonly lifecycle: Lifecycle,
  ) {}

  @Get('live')
  @ApiOperation({ operationId: 'live', summary: 'Whether the process answers' })
  @ApiOkResponse({ description: 'It does', example: { status: 'ok' } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiOperation({ operationId: 'ready', summary: 'Whether the process should get requests' })
  @ApiOkResponse({
    description: 'It should; a limiter without its Redis is told as degraded',
    example: {
      status: 'ok',
      details: {
        model: { status: 'up', name: 'iris', version: '1' },
        rateLimit: { status: 'up', backend: 'redis', degraded: false },
      },
    },
  })
  @ApiServiceUnavailableResponse({
    description: 'It should not, for the reason told',
    example: { detail: 'Not ready: shutdown' },
  })
  async ready(): Promise<Pick<HealthCheckResult, 'status' | 'details'>> {
    try {
      const { status, details } = await this.health.check([
        () => this.shutdownIndicator(),
        () => this.modelIndicator(),
        () => this.rateLimitIndicator(),
      ]);
      return { status, details };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: failing, details } = error.getResponse() as HealthCheckResult;
      const detail = `Not ready: ${Object.keys(failing ?? {}).join(', ')}`;
      throw new ServiceUnavailableException({ detail, status: 'error', details });
    }
  }

  private shutdownIndicator(): HealthIndicatorResult {
    const check = this.indicators.check('shutdown');
    return this.lifecycle.isStopping ? check.down({ stopping: true }) : check.up();
  }

  private modelIndicator(): HealthIndicatorResult {
    const check = this.indicators.check('model');
    const { name, version } = this.inference.artifact;
    return this.inference.scores() ? check.up({ name, version }) : check.down({ name, version });
  }

  private rateLimitIndicator(): HealthIndicatorResult {
    const check = this.indicators.check('rateLimit');
    const { backend, available, reason } = this.rateLimit.state;
    const state = { backend, degraded: reason !== undefined, ...(reason && { reason }) };
    return available ? check.up(state) : check.down(state);
  }
}
