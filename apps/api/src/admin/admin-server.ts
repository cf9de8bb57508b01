import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Environment } from '../settings/environment';
import { environmentConfig } from '../settings/environment.config';
import { JsonBodyReader } from '../http/body/json-body.reader';
import { problemOf } from '../http/errors/problem-of';
import { sendProblem } from '../http/errors/send-problem';
import { sendJson } from '../http/send-json';
import { openPort } from '../http/server/open-port';
import { errorBodies } from '../protocols/shared/error-body';
import { loadVersion } from './load-version';
import { RepositoryService } from './repository.service';

const MODEL_ACTION = /^\/v2\/repository\/models\/([^/]+)\/(load|unload)$/;

/**
 * Answers the repository extension of the Open Inference Protocol on ADMIN_PORT: `POST /v2/repository/index` and
 * `POST /v2/repository/models/{name}/load` or `unload`. Has no password, so it listens on loopback unless it is
 * told otherwise, and refuses what a web page sends.
 */
@Injectable()
export class AdminServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Admin');
  private server?: Server;

  constructor(
    @Inject(environmentConfig.KEY)
    private readonly environment: Pick<Environment, 'adminPort' | 'adminHost'>,
    private readonly repository: RepositoryService,
    private readonly bodies: JsonBodyReader,
  ) {}

  /** @throws Error that says which variable to change, where the port cannot be opened */
  async onApplicationBootstrap(): Promise<void> {
    const { adminPort: port, adminHost: host } = this.environment;
    if (port === 0) return;
    const server = createServer((request, response) => void this.handle(request, response));
    const address = { port, host, variables: ['ADMIN_PORT', 'ADMIN_HOST'] } as const;
    await openPort(address, () => once(server.listen(port, host), 'listening'));
    this.server = server;
    this.logger.log(`Models can be loaded and unloaded on ${host}, port ${port}`);
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url = '' } = request;
    const [path = ''] = url.split('?');
    if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
      return fail(response, 403, 'Web pages may not load models');
    }
    const action = MODEL_ACTION.exec(path);
    if (!action && path !== '/v2/repository/index') return fail(response, 404, 'Not Found');
    if (method !== 'POST') {
      response.setHeader('Allow', 'POST');
      return fail(response, 405, 'Method not allowed; use POST.');
    }
    try {
      if (!action) return sendJson(response, 200, await this.repository.index());
      const [, name = '', verb] = action;
      const fault = await (verb === 'load'
        ? this.repository.load(name, await loadVersion(request, this.bodies))
        : this.repository.unload(name));
      if (fault === undefined) sendJson(response, 200, {});
      else fail(response, 400, fault);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind === 'internal') {
        this.logger.error('Unexpected error', error instanceof Error ? error.stack : String(error));
      }
      sendProblem(request, response, problem, errorBodies);
    }
  }
}

function fail(response: ServerResponse, status: number, error: string): void {
  sendJson(response, status, { error });
}
