import { flag } from './types/flag';
import { integer } from './types/integer';
import { keyPrefix } from './types/key-prefix';
import { optionalText } from './types/optional-text';
import { pemFile } from './types/pem-file';
import { redisUrl } from './types/redis-url';
import { remoteHost } from './types/remote-host';

const PASSWORD_IN_COMPOSE =
  '${REDIS_PASSWORD:?is not set. Make the settings file first (cp .env.example .env), then choose a password in it}';

/** The Redis that counts. */
export const REDIS_SETTINGS = {
  redis: {
    url: redisUrl('REDIS_URL', {
      group: 'Redis',
      meaning:
        'The Redis that counts requests for all processes, in one variable: redis://host:6379/0, redis+sentinel://host1,host2,host3/primary or redis+cluster://host1,host2; rediss for TLS. The user goes before the hosts, or in REDIS_USERNAME and REDIS_PASSWORD.',
      compose: 'absent',
    }),
    host: remoteHost('REDIS_HOST', {
      group: 'Redis',
      meaning:
        'The Redis that counts requests for all processes; without it each process counts in its own memory. Compose starts one.',
      compose: 'redis',
    }),
    port: integer('REDIS_PORT', {
      group: 'Redis',
      default: 6379,
      min: 1,
      max: 65_535,
      meaning: 'The port of Redis.',
      compose: '6379',
    }),
    username: optionalText('REDIS_USERNAME', {
      group: 'Redis',
      form: 'a name',
      meaning: 'The ACL user to log in as; without it the default user of Redis.',
      compose: 'absent',
    }),
    password: optionalText('REDIS_PASSWORD', {
      group: 'Redis',
      form: 'any text',
      meaning: 'The password of that user. Compose requires one: openssl rand -hex 32 makes one.',
      example: 'change-me',
      compose: PASSWORD_IN_COMPOSE,
      isSecret: true,
    }),
    tls: flag('REDIS_TLS', {
      group: 'Redis',
      default: false,
      meaning: 'Encrypts the connection to Redis.',
      compose: 'absent',
    }),
    tlsCa: pemFile('REDIS_TLS_CA', {
      group: 'Redis',
      meaning: 'The certificate authorities to trust for Redis, in place of those of Node.',
      compose: 'absent',
    }),
    db: integer('REDIS_DB', {
      group: 'Redis',
      default: 0,
      min: 0,
      max: 1_000_000,
      meaning: 'The number of the database; a cluster has only 0.',
      compose: 'absent',
    }),
    sentinelUsername: optionalText('REDIS_SENTINEL_USERNAME', {
      group: 'Redis',
      form: 'a name',
      meaning: 'The ACL user of the Sentinels, if it differs from that of Redis.',
      compose: 'absent',
    }),
    sentinelPassword: optionalText('REDIS_SENTINEL_PASSWORD', {
      group: 'Redis',
      form: 'any text',
      meaning: 'The password of that user.',
      compose: 'absent',
      isSecret: true,
    }),
  },
  redisKeyPrefix: keyPrefix('REDIS_KEY_PREFIX', {
    group: 'Redis',
    default: 'ratelimit',
    meaning: 'The first part of every key; services that share a Redis need different ones.',
  }),
} as const;
