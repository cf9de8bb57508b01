import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { readableStack } from './readable-stack';

/** Nest's log calls as pino lines; the last argument is Nest's context. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    // Nest's own progress (modules, routes) only matters when debugging the wiring.
    const level = context !== undefined && NEST_CONTEXTS.has(context) ? 'debug' : 'info';
    this.pino[level]({ context }, String(message));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    const [stack, context] = rest.length > 1 ? rest : [undefined, rest[0]];
    const trace = typeof stack === 'string' ? readableStack(stack) : stack;
    this.pino.error({ context, stack: trace }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  fatal(message: unknown, context?: string): void {
    this.pino.fatal({ context }, String(message));
  }
}

const NEST_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);
