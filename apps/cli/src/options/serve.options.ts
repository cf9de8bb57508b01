import { type Command, Option } from 'commander';
import { artifactsDirOption } from './artifacts-dir.option';
import { baselineOption } from './baseline.option';
import { addCheckOptions, type CheckOptions } from './check.options';
import { addConversionOptions, type ConversionOptions } from './conversion.options';
import { parseLimit, type RateLimit } from './parse-limit';
import { parseModelName } from './parse-model-name';
import { parsePort } from './parse-port';

/** What `inferserve serve` was asked for. */
export interface ServeOptions extends ConversionOptions, CheckOptions {
  readonly name?: string;
  readonly port?: number;
  readonly host?: string;
  readonly limit?: RateLimit;
  readonly baseline?: string;
  readonly artifactsDir: string;
}

/** Adds the options of `ServeOptions`. */
export function addServeOptions(command: Command): Command {
  command
    .addOption(
      new Option('--name <name>', 'name of the model (default: that of its file)').argParser(
        parseModelName,
      ),
    )
    .addOption(
      new Option(
        '--port <port>',
        'port to listen on, 0 for a free one (default: PORT or 8000)',
      ).argParser(parsePort),
    )
    .option('--host <address>', 'address to listen on (default: HOST or 0.0.0.0)')
    .addOption(
      new Option(
        '--limit <rate>',
        'requests that one client may make, such as 100/minute, or off (default: 10/minute)',
      ).argParser(parseLimit),
    );
  addConversionOptions(command).addOption(baselineOption());
  return addCheckOptions(command).addOption(artifactsDirOption());
}

/** The variables of the environment that these options stand for. */
export function variablesOf({ port, host, limit }: ServeOptions): Record<string, string> {
  return {
    ...(port !== undefined && { PORT: String(port) }),
    ...(host !== undefined && { HOST: host }),
    ...(limit && { RATE_LIMIT: String(limit.requests) }),
    ...(limit?.windowSeconds && { RATE_LIMIT_WINDOW_SECONDS: String(limit.windowSeconds) }),
  };
}
