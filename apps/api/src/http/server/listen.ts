import { once } from 'node:events';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Environment } from '../../settings/environment';
import type { HttpAdapter } from '../http-adapter';
import { openPort } from './open-port';

/**
 * Opens the port.
 * @throws Error that says which variable to change
 */
export async function listen(
  app: NestExpressApplication,
  { port, host }: Pick<Environment, 'port' | 'host'>,
): Promise<void> {
  const address = { port, host, variables: ['PORT', 'HOST'] } as const;
  await openPort(address, () => app.listen(port, host));
}

/**
 * Opens METRICS_PORT, where one is set; call it once the public port is open, so that nothing is ready before. It
 * stays open until the process ends.
 * @throws Error that says which variable to change
 */
export async function listenForMetrics(
  adapter: Pick<HttpAdapter, 'createServer'>,
  { metricsPort, host }: Pick<Environment, 'metricsPort' | 'host'>,
): Promise<void> {
  if (metricsPort === 0) return;
  const server = adapter.createServer();
  const address = { port: metricsPort, host, variables: ['METRICS_PORT', 'HOST'] } as const;
  await openPort(address, () => once(server.listen(metricsPort, host), 'listening'));
}
