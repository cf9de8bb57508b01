import { oneOf } from './types/one-of';
import { optionalText } from './types/optional-text';

/** Who may ask for predictions. */
export const ACCESS_SETTINGS = {
  apiKeysFile: optionalText('API_KEYS_FILE', {
    group: 'Access',
    form: 'the path of a file',
    meaning:
      'The file of API keys; without it no key is needed. Each line has a name, the SHA-256 of its key and, if the client has its own limit, that limit, such as 1000/minute; `inferserve key new NAME` makes a key and its line. On SIGHUP the file is read again.',
    compose: 'absent',
  }),
  auth: oneOf('AUTH', {
    group: 'Access',
    default: 'optional',
    values: ['optional', 'required'],
    meaning:
      'With API_KEYS_FILE: whether predictions need a key. If they do not, RATE_LIMIT applies to the address of a request without one. A wrong key always gets 401.',
    compose: 'absent',
  }),
} as const;
