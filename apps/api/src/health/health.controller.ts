import { Get, HttpCode, Inject, type OnModuleInit } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import { OpenApiParts } from '../docs/openapi-parts';
import { setExample } from '../docs/set-example';
import type { Environment } from '../settings/environment';
import { environmentConfig } from '../settings/environment.config';
import { ProblemException } from '../http/errors/problem.exception';
import { ProbeController } from '../http/requests/probe.decorator';
import { redisServerOf } from '../settings/redis-server-of';
import { type Readiness, ReadinessService } from './readiness.service';

/** Liveness: the process can answer. Readiness: it should get requests. */
@ApiTags('service')
@ProbeController('health')
export class HealthController implements OnModuleInit {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly registry: ModelRegistry,
    private readonly parts: OpenApiParts,
    @Inject(environmentConfig.KEY) private readonly environment: Pick<Environment, 'redis'>,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  @Get('live')
  @ApiOperation({ operationId: 'live', summary: 'Liveness probe' })
  @ApiOkResponse({ description: 'The process is up.', example: { status: 'ok' } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiOperation({ operationId: 'ready', summary: 'Readiness probe' })
  @ApiOkResponse({
    description: 'Ready. `degraded` is true while rate limiting runs without Redis.',
    example: {},
  })
  @ApiServiceUnavailableResponse({
    description: 'Not ready; `detail` names the failing checks.',
    example: { detail: 'Not ready: shutdown' },
  })
  async ready(): Promise<{ status: 'ok'; details: Readiness['details'] }> {
    const { failing, details } = await this.readiness.check();
    if (failing.length > 0) throw new ProblemException({ kind: 'not_ready', failing, details });
    return { status: 'ok', details };
  }

  complete(document: OpenAPIObject): void {
    const models = this.registry.list();
    const { name, version } = this.registry.hasDefault ? this.registry.default : {};
    const labels = models.map((model) => `${model.name}@${model.version}`);
    const backend = redisServerOf(this.environment) ? 'redis' : 'memory';
    const details = {
      shutdown: { status: 'up' },
      model: { status: 'up', name, version, ...(labels.length > 1 && { models: labels }) },
      rateLimit: { status: 'up', backend, degraded: false },
    };
    setExample(document, ['get', '/health/ready', 200], { status: 'ok', details });
    setExample(document, ['get', '/health/ready', 503], {
      detail: 'Not ready: shutdown',
      status: 'error',
      details: { ...details, shutdown: { status: 'down', stopping: true } },
    });
  }
}
