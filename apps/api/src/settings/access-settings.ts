import { oneOf } from './types/one-of';
import { optionalText } from './types/optional-text';

/** Who may ask for predictions. */
export const ACCESS_SETTINGS = {
  apiKeysFile: optionalText('API_KEYS_FILE', {
    group: 'Access',
    form: 'the path of a file',
    meaning:
      'The file of API keys; without it nobody needs one. Each line has a name, the SHA-256 of its key and, where the client has its own limit, that limit, such as 1000/minute; `inferserve key new NAME` makes a key and its line. SIGHUP reads the file again.',
    compose: 'absent',
  }),
  auth: oneOf('AUTH', {
    group: 'Access',
    default: 'optional',
    values: ['optional', 'required'],
    meaning:
      'With API_KEYS_FILE: whether predictions need a key. Where they do not, RATE_LIMIT counts requests without one by their address. A wrong key always gets 401.',
    compose: 'absent',
  }),
} as const;
