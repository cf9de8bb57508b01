import { registerAs } from '@nestjs/config';
import { loadEnvironment } from './load-environment';

/** Reads `process.env` (and .env, through ConfigModule) once; inject it by `environmentConfig.KEY`. */
export const environmentConfig = registerAs('environment', () =>
  // oxlint-disable-next-line node/no-process-env -- the one place that reads it
  loadEnvironment(process.env, '.env'),
);

/** Sets variables of this process and its workers, before they are read. */
export function setVariables(variables: Readonly<Record<string, string>>): void {
  // oxlint-disable-next-line node/no-process-env -- and the one that writes it
  Object.assign(process.env, variables);
}
