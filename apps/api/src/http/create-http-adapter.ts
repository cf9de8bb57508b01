import type { Environment } from '../environment';
import { FastHttpAdapter } from './fast-path/fast-http-adapter';
import { HttpAdapter } from './http-adapter';

/** The adapter of the application, with or without the measured shortcuts. */
export function createHttpAdapter({
  fastPath,
  maxConnections,
}: Pick<Environment, 'fastPath' | 'maxConnections'>): HttpAdapter {
  return fastPath ? new FastHttpAdapter(maxConnections) : new HttpAdapter(maxConnections);
}
