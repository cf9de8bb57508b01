import { once } from 'node:events';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Environment } from '../../settings/environment';
import type { HttpAdapter } from '../http-adapter';

const REMEDIES = new Map<
  string | undefined,
  (variable: string, port: number, host: string) => string
>([
  [
    'EADDRINUSE',
    (variable, port) =>
      `Port ${port} is in use. Set ${variable} to another one, or stop what uses it`,
  ],
  ['EACCES', (variable, port) => `Port ${port} needs privileges. Set ${variable} to 1024 or above`],
  [
    'EADDRNOTAVAIL',
    (_variable, _port, host) => `${host} is no address of this machine. Set HOST to one that is`,
  ],
  [
    'ENOTFOUND',
    (_variable, _port, host) => `${host} does not resolve. Set HOST to an address of this machine`,
  ],
]);

/**
 * Opens the port.
 * @throws Error that says which variable to change
 */
export async function listen(
  app: NestExpressApplication,
  { port, host }: Pick<Environment, 'port' | 'host'>,
): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    throw explained(cause, 'PORT', port, host);
  }
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
  try {
    await once(server.listen(metricsPort, host), 'listening');
  } catch (cause) {
    throw explained(cause, 'METRICS_PORT', metricsPort, host);
  }
}

function explained(cause: unknown, variable: string, port: number, host: string): unknown {
  const remedy = REMEDIES.get((cause as NodeJS.ErrnoException).code);
  return remedy ? new Error(remedy(variable, port, host), { cause }) : cause;
}
