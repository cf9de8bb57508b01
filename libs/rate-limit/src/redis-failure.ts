import { types } from 'node:util';
import { DecisionTimeoutError } from './decision-timeout.error';

/** Why Redis could not decide: the bounded vocabulary of log lines and metrics. */
export type RedisFailureKind =
  | 'timeout'
  | 'connection'
  | 'tls'
  | 'credentials'
  | 'permission'
  | 'readonly'
  | 'persistence'
  | 'out_of_memory'
  | 'unavailable'
  | 'cluster'
  | 'wrong_type'
  | 'unsupported'
  | 'malformed'
  | 'other';

/** A failure by kind, and the code word of Redis' reply or of the connection error. Neither holds any data. */
export interface RedisFailure {
  readonly kind: RedisFailureKind;
  readonly code: string;
}

const KIND_OF_REPLY = new Map<string, RedisFailureKind>([
  ['WRONGPASS', 'credentials'],
  ['NOAUTH', 'credentials'],
  ['AUTH', 'credentials'],
  ['DENIED', 'credentials'],
  ['NOPERM', 'permission'],
  ['READONLY', 'readonly'],
  ['NOREPLICAS', 'readonly'],
  ['MISCONF', 'persistence'],
  ['OOM', 'out_of_memory'],
  ['LOADING', 'unavailable'],
  ['BUSY', 'unavailable'],
  ['MASTERDOWN', 'unavailable'],
  ['CLUSTERDOWN', 'unavailable'],
  ['TRYAGAIN', 'unavailable'],
  ['MAXCLIENTS', 'unavailable'],
  ['MOVED', 'cluster'],
  ['ASK', 'cluster'],
  ['CROSSSLOT', 'cluster'],
  ['WRONGTYPE', 'wrong_type'],
  ['UNKNOWN_COMMAND', 'unsupported'],
  ['NONDETERMINISTIC', 'unsupported'],
  ['NOPROTO', 'unsupported'],
  ['NOSCRIPT', 'other'],
  ['EXECABORT', 'other'],
]);

/** Replies whose code word is the meaningless ERR, recognised by a phrase that holds no data. */
const CODE_OF_PHRASE: readonly (readonly [phrase: RegExp, code: string])[] = [
  [/max number of clients/i, 'MAXCLIENTS'],
  [/invalid password|^ERR AUTH|Client sent AUTH|for 'auth' command/i, 'AUTH'],
  [/ACL failure|can't run this command|no permissions? to/i, 'NOPERM'],
  [/unknown command|unknown redis command/i, 'UNKNOWN_COMMAND'],
  [/non deterministic commands/i, 'NONDETERMINISTIC'],
];

/** ioredis' own errors, which have no code. */
const CODE_OF_CLIENT_ERROR: readonly (readonly [phrase: RegExp, code: string])[] = [
  [/sentinels are unreachable/i, 'SENTINELS_UNREACHABLE'],
  [/startup nodes|refresh slots cache/i, 'CLUSTER_UNREACHABLE'],
  [/isn't writeable|isn't ready/i, 'NOT_CONNECTED'],
];

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|^ERR_(TLS|SSL)|^EPROTO$/;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{2,60}$/;

/**
 * Classifies an error of a Redis client. Redis before 7 wraps what a script meets in a sentence of its own, so
 * the code word counts wherever it stands; arguments are never looked at.
 */
export function redisFailure(error: unknown): RedisFailure {
  if (error instanceof DecisionTimeoutError) return { kind: 'timeout', code: 'DEADLINE' };
  // Not instanceof: an error may come from another realm.
  if (!types.isNativeError(error)) return { kind: 'other', code: 'UNKNOWN' };
  const nodeError = (error as { readonly lastNodeError?: unknown }).lastNodeError;
  if (types.isNativeError(nodeError)) return redisFailure(nodeError);
  const code = replyCode(error.message);
  if (code) return { kind: KIND_OF_REPLY.get(code)!, code };
  if (error.name === 'ReplyError') return { kind: 'other', code: 'ERR' };
  if (error.name === 'TypeError' || error.name === 'ParserError') {
    return { kind: 'malformed', code: 'MALFORMED' };
  }
  return connectionFailure(error);
}

function replyCode(message: string): string | undefined {
  for (const [, word] of message.matchAll(/(?:^|[\s:])-?([A-Z]{3,})(?=[\s.]|$)/g)) {
    if (KIND_OF_REPLY.has(word!)) return word;
  }
  return CODE_OF_PHRASE.find(([phrase]) => phrase.test(message))?.[1];
}

function connectionFailure(error: Error): RedisFailure {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && ERROR_CODE.test(code)) {
    return { kind: CERTIFICATE.test(code) ? 'tls' : 'connection', code };
  }
  const known = CODE_OF_CLIENT_ERROR.find(([phrase]) => phrase.test(error.message));
  return { kind: 'connection', code: known?.[1] ?? 'CLOSED' };
}
