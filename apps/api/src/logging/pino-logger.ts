import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { Environment } from '../environment';
import { isoTime } from './iso-time';
import { type RequestLog, requestLogThrough, requestLogTo } from './request-log';

/** Lines are written in blocks of this size, after this time at the latest, and when the process ends. */
const BLOCK_BYTES = 8_192;
const FLUSH_MS = 100;

/** The process's logger, and its line for each request. */
export interface Logging {
  readonly logger: Logger;
  readonly logRequest: RequestLog;
}

/** JSON lines on stdout, or readable lines on a terminal. */
export function createLogging({
  logLevel,
  logFormat,
}: Pick<Environment, 'logLevel' | 'logFormat'>): Logging {
  const options = {
    level: logLevel,
    base: undefined,
    timestamp: isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (logFormat === 'pretty' || (logFormat === 'auto' && process.stdout.isTTY)) {
    const logger = pino(options, prettyStream());
    return { logger, logRequest: requestLogThrough(logger) };
  }
  const stream = pino.destination({ minLength: BLOCK_BYTES, periodicFlush: FLUSH_MS, sync: true });
  process.on('exit', () => stream.flushSync());
  const logger = pino(options, stream);
  const logRequest = logger.isLevelEnabled('info') ? requestLogTo(stream) : () => undefined;
  return { logger, logRequest };
}

function prettyStream() {
  // Loaded only where a person reads along: it costs more to load than everything else here.
  // oxlint-disable-next-line typescript/no-require-imports
  const build = require('pino-pretty') as typeof import('pino-pretty');
  return build({
    sync: true,
    ignore: 'context',
    messageFormat: '{if context}[{context}] {end}{msg}',
  });
}

/** Nest's log calls as pino lines; the last parameter is Nest's context. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    // Nest's own progress (modules, routes) matters to whoever debugs the wiring only.
    const level = context !== undefined && NEST_CONTEXTS.has(context) ? 'debug' : 'info';
    this.pino[level]({ context }, String(message));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    const [stack, context] = rest.length > 1 ? rest : [undefined, rest[0]];
    this.pino.error({ context, stack }, String(message));
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
