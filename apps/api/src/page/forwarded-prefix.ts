import type { Request } from 'express';

/** Segments of letters, digits and what else a path holds unescaped; never two slashes, which would name a host. */
const PATH = /^(?:\/[\w.~%-]+){1,32}$/;

/**
 * The path below which a trusted proxy serves this server, such as `/tools/ml`, by its X-Forwarded-Prefix; empty where
 * none says so.
 */
export function forwardedPrefix({ app, headers, socket }: Request): string {
  const stated = String(headers['x-forwarded-prefix'] ?? '').replace(/\/$/, '');
  const trusts = app.get('trust proxy fn') as (peer: string | undefined, hop: number) => boolean;
  return PATH.test(stated) && trusts(socket.remoteAddress, 0) ? stated : '';
}
