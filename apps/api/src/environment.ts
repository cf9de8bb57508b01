export type { Environment } from './settings/environment';
export { environmentConfig } from './settings/environment.config';
export { parseEnvironment } from './settings/parse-environment';
