import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Environment } from '../../environment';

const REMEDIES = new Map<string | undefined, (port: number, host: string) => string>([
  ['EADDRINUSE', (port) => `Port ${port} is in use. Set PORT to another one, or stop what uses it`],
  ['EACCES', (port) => `Port ${port} needs privileges. Set PORT to 1024 or above`],
  ['EADDRNOTAVAIL', (_, host) => `${host} is no address of this machine. Set HOST to one that is`],
  ['ENOTFOUND', (_, host) => `${host} does not resolve. Set HOST to an address of this machine`],
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
    const remedy = REMEDIES.get((cause as NodeJS.ErrnoException).code);
    if (!remedy) throw cause;
    throw new Error(remedy(port, host), { cause });
  }
}
