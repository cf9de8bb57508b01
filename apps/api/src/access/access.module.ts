import { Global, Module } from '@nestjs/common';
import type { Environment } from '../settings/environment';
import { environmentConfig } from '../settings/environment.config';
import { MetricsModule } from '../metrics/metrics.module';
import { ACCESS, type Access } from './access';
import { AccessControl } from './access-control';
import { AccessDocs } from './access-docs';
import { AccessMetrics } from './access-metrics';
import { AccessReload } from './access-reload';

/** Who may call: API keys, where a file of them is configured. */
@Global()
@Module({
  imports: [MetricsModule],
  providers: [
    {
      provide: ACCESS,
      inject: [environmentConfig.KEY],
      useFactory: ({ apiKeysFile, auth }: Environment): Access =>
        apiKeysFile === undefined ? null : new AccessControl(apiKeysFile, auth === 'required'),
    },
    AccessDocs,
    AccessMetrics,
    AccessReload,
  ],
  exports: [ACCESS, AccessMetrics],
})
export class AccessModule {}
