import { type Logger, pino } from 'pino';
import type { Environment } from '../settings/environment';
import { usesFastPath } from '../http/fast-path/fast-path';
import { fastRequestLog } from '../http/fast-path/fast-request-log';
import { isoTime } from '../http/fast-path/iso-time';
import { LogStream } from './log-stream';
import { type RequestLog, requestLogThrough } from './request-log';

/** The logger of the process, and its line for each request. */
export interface Logging {
  readonly logger: Logger;
  readonly logRequest: RequestLog;
  /** Lines that were dropped because nobody reads the log. */
  readonly droppedLines: () => number;
}

/** JSON lines on stdout, or readable lines on a terminal. */
export function createLogging(
  environment: Pick<Environment, 'logLevel' | 'logFormat' | 'fastPath'>,
): Logging {
  const { logLevel, logFormat } = environment;
  const fast = usesFastPath(environment);
  const options = {
    level: logLevel,
    base: undefined,
    timestamp: fast ? isoTime : pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (logFormat === 'pretty' || (logFormat === 'auto' && process.stdout.isTTY)) {
    const logger = pino(options, prettyStream());
    return { logger, logRequest: requestLogThrough(logger), droppedLines: () => 0 };
  }
  const stream = new LogStream(process.stdout);
  process.on('exit', stream.flush);
  const logger = pino(options, stream);
  const logRequest = fast ? fastRequestLog(stream) : requestLogThrough(logger);
  return {
    logger,
    logRequest: logger.isLevelEnabled('info') ? logRequest : () => undefined,
    droppedLines: () => stream.dropped,
  };
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
