/** Why Redis could not decide: the bounded vocabulary of log lines and metrics. */
export type RedisFailureKind =
  | 'timeout'
  | 'connection'
  | 'credentials'
  | 'permission'
  | 'readonly'
  | 'out_of_memory'
  | 'malformed'
  | 'other';

const REPLY_CODES: readonly (readonly [prefix: string, kind: RedisFailureKind])[] = [
  ['WRONGPASS', 'credentials'],
  ['NOAUTH', 'credentials'],
  ['ERR AUTH', 'credentials'],
  ['ERR invalid password', 'credentials'],
  ['NOPERM', 'permission'],
  ['READONLY', 'readonly'],
  ['OOM', 'out_of_memory'],
  ['MISCONF', 'readonly'],
  ['LOADING', 'connection'],
];

/** Classifies an error by its name and the code at the start of its message; never looks at arguments. */
export function redisFailureKind(error: unknown): RedisFailureKind {
  if (error instanceof DecisionTimeoutError) return 'timeout';
  if (!(error instanceof Error)) return 'other';
  const reply = REPLY_CODES.find(([prefix]) => error.message.startsWith(prefix));
  if (reply) return reply[1];
  if (error instanceof TypeError || error.name === 'ParserError') return 'malformed';
  // What remains of Redis' own answers is unexpected; all else is the way to it.
  return error.name === 'ReplyError' ? 'other' : 'connection';
}

/** Redis did not answer within the deadline of a decision. */
export class DecisionTimeoutError extends Error {
  override readonly name = 'DecisionTimeoutError';
}
