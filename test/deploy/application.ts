import { flatSettings } from '../../apps/api/src/settings/flat-settings';
import type { Application } from './deploy-rules';

/** What the rules need to know of the application as it is. */
export const APPLICATION: Application = {
  port: 8000,
  routes: ['/health/live', '/health/ready', '/metrics'],
  settings: flatSettings().map(({ variable }) => variable),
  defaultShutdownDelaySeconds: 5,
};
