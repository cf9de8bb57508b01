import type { Environment } from '../settings/environment';
import { usesFastPath } from './fast-path/fast-path';
import { FastHttpAdapter } from './fast-path/fast-http-adapter';
import { HttpAdapter } from './http-adapter';

/** The adapter of the application, with or without the measured shortcuts. */
export function createHttpAdapter(
  environment: Pick<Environment, 'fastPath' | 'maxConnections'>,
): HttpAdapter {
  const { maxConnections } = environment;
  return usesFastPath(environment)
    ? new FastHttpAdapter(maxConnections)
    : new HttpAdapter(maxConnections);
}
