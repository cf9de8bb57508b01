import { DecisionTimeoutError } from './decision-timeout.error';
import { redisFailure } from './redis-failure';

const reply = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' });
const coded = (code: string): Error => Object.assign(new Error('some text'), { code });
/** What Redis 6 and earlier make of an error inside a script. */
const wrapped = (message: string): Error =>
  reply(
    'ERR Error running script (call to f_2e98bcd9dac5e1de6e1d7bcd5d3fcb5b1b3c): ' +
      `@user_script:1: @user_script: 1: -${message}`,
  );

describe(redisFailure.name, () => {
  test.each([
    [new DecisionTimeoutError(), 'timeout', 'DEADLINE'],
    [reply('WRONGPASS invalid username-password pair'), 'credentials', 'WRONGPASS'],
    [reply('NOAUTH Authentication required.'), 'credentials', 'NOAUTH'],
    [reply('ERR invalid password'), 'credentials', 'AUTH'],
    [reply("ERR wrong number of arguments for 'auth' command"), 'credentials', 'AUTH'],
    [reply('DENIED Redis is running in protected mode because'), 'credentials', 'DENIED'],
    [reply("NOPERM this user has no permissions to run 'eval'"), 'permission', 'NOPERM'],
    [reply('ERR ACL failure in script: no permissions to run'), 'permission', 'NOPERM'],
    [reply("READONLY You can't write against a read only replica."), 'readonly', 'READONLY'],
    [reply('NOREPLICAS Not enough good replicas to write.'), 'readonly', 'NOREPLICAS'],
    [reply('MISCONF Redis is configured to save RDB snapshots'), 'persistence', 'MISCONF'],
    [reply("OOM command not allowed when used memory > 'maxmemory'."), 'out_of_memory', 'OOM'],
    [reply('LOADING Redis is loading the dataset in memory'), 'unavailable', 'LOADING'],
    [reply('BUSY Redis is busy running a script.'), 'unavailable', 'BUSY'],
    [reply('CLUSTERDOWN Hash slot not served'), 'unavailable', 'CLUSTERDOWN'],
    [reply('MASTERDOWN Link with MASTER is down'), 'unavailable', 'MASTERDOWN'],
    [reply('ERR max number of clients reached'), 'unavailable', 'MAXCLIENTS'],
    [reply('MOVED 5258 127.0.0.1:7001'), 'cluster', 'MOVED'],
    [reply("CROSSSLOT Keys in request don't hash to the same slot"), 'cluster', 'CROSSSLOT'],
    [reply('WRONGTYPE Operation against a key holding'), 'wrong_type', 'WRONGTYPE'],
    [reply("ERR unknown command 'EVALSHA'"), 'unsupported', 'UNKNOWN_COMMAND'],
    [
      wrapped('Write commands not allowed after non deterministic commands.'),
      'unsupported',
      'NONDETERMINISTIC',
    ],
    [reply('ERR something else'), 'other', 'ERR'],
    [wrapped("READONLY You can't write against a read only replica."), 'readonly', 'READONLY'],
    [wrapped("OOM command not allowed when used memory > 'maxmemory'."), 'out_of_memory', 'OOM'],
    [wrapped('WRONGTYPE Operation against a key'), 'wrong_type', 'WRONGTYPE'],
    [wrapped('MISCONF Redis is configured to save'), 'persistence', 'MISCONF'],
    [
      new Error('Too many Cluster redirections. Last error: ReplyError: MOVED 1 10.0.0.1:1'),
      'cluster',
      'MOVED',
    ],
    [new TypeError('malformed reply'), 'malformed', 'MALFORMED'],
    [Object.assign(new Error('x'), { name: 'ParserError' }), 'malformed', 'MALFORMED'],
    [coded('ECONNREFUSED'), 'connection', 'ECONNREFUSED'],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'tls', 'SELF_SIGNED_CERT_IN_CHAIN'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [coded('not a code'), 'connection', 'CLOSED'],
    [new Error('Connection is closed.'), 'connection', 'CLOSED'],
    [new Error("Stream isn't writeable and …"), 'connection', 'NOT_CONNECTED'],
    [new Error('All sentinels are unreachable.'), 'connection', 'SENTINELS_UNREACHABLE'],
    [
      Object.assign(new Error('Failed to refresh slots cache.'), {
        lastNodeError: reply('NOAUTH Authentication required.'),
      }),
      'credentials',
      'NOAUTH',
    ],
    ['text', 'other', 'UNKNOWN'],
  ])('case %#', (error, kind, code) => {
    expect(redisFailure(error)).toEqual({ kind, code });
  });

  test('a code word inside an argument is none', () => {
    const error = reply("ERR odd, with args beginning with: 'READONLYX' 'oom'");
    expect(redisFailure(error)).toEqual({ kind: 'other', code: 'ERR' });
  });
});
