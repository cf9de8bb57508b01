import { DecisionTimeoutError, redisFailureKind } from './redis-failure';

function replyError(message: string): Error {
  return Object.assign(new Error(message), { name: 'ReplyError' });
}

describe(redisFailureKind.name, () => {
  test.each([
    [new DecisionTimeoutError(), 'timeout'],
    [new Error('connect ECONNREFUSED'), 'connection'],
    [replyError('WRONGPASS invalid username-password pair'), 'credentials'],
    [replyError('NOAUTH Authentication required.'), 'credentials'],
    [replyError("NOPERM this user has no permissions to run the 'eval' command"), 'permission'],
    [replyError("READONLY You can't write against a read only replica."), 'readonly'],
    [replyError("OOM command not allowed when used memory > 'maxmemory'."), 'out_of_memory'],
    [replyError('LOADING Redis is loading the dataset in memory'), 'connection'],
    [replyError('ERR unknown command'), 'other'],
    [new TypeError('malformed reply of the sliding window script'), 'malformed'],
    ['text', 'other'],
  ])('%s is of the kind %s', (error, kind) => {
    expect(redisFailureKind(error)).toBe(kind);
  });
});
