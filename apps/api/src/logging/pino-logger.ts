import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { Environment } from '../environment';

/** Lines are written in blocks of this size, and after this time at the latest. */
const BLOCK_BYTES = 4096;
const FLUSH_MS = 100;

/** The process's logger: JSON lines on stdout, or readable lines on a terminal. */
export function createPino({
  logLevel,
  logFormat,
}: Pick<Environment, 'logLevel' | 'logFormat'>): Logger {
  const pretty = logFormat === 'pretty' || (logFormat === 'auto' && process.stdout.isTTY);
  const options = {
    level: logLevel,
    base: undefined,
    timestamp: isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pretty
    ? pino(options, prettyStream())
    : pino(
        options,
        pino.destination({ sync: false, minLength: BLOCK_BYTES, periodicFlush: FLUSH_MS }),
      );
}

let lastMs = 0;
let lastTime = '';

/** The member `time` in ISO 8601; made anew only when the millisecond has changed. */
function isoTime(): string {
  const now = Date.now();
  if (now !== lastMs) {
    lastMs = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
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
