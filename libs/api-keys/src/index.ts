export type { ApiKey } from './api-key';
export { ApiKeySet } from './api-key-set';
export { apiKeyLine, createApiKey } from './create-api-key';
export { InvalidApiKeysError } from './invalid-api-keys.error';
export { KEY_LIMIT_FORM, parseKeyLimit } from './key-limit';
export { CLIENT_NAME_FORM, isClientName, parseApiKeys } from './parse-api-keys';
