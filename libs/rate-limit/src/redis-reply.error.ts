/** An error that Redis reported for one key of a script call that as a whole succeeded. */
export class RedisReplyError extends Error {
  /** The same as that of ioredis' own reply errors. */
  override readonly name = 'ReplyError';
}
