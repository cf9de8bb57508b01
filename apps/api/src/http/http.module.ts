import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { environmentConfig } from '../settings/environment.config';
import { JsonBodyReader } from './body/json-body.reader';
import { FAST_PATH, usesFastPath } from './fast-path/fast-path';
import { FastJsonBodyReader } from './fast-path/fast-json-body.reader';
import { FastRoutes } from './fast-path/fast-routes';
import { RouteTable } from './requests/route-table';
import { WarmUp } from './requests/warm-up';

/** What all protocols share. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    RouteTable,
    WarmUp,
    FastRoutes,
    {
      provide: FAST_PATH,
      inject: [environmentConfig.KEY],
      useFactory: usesFastPath,
    },
    {
      provide: JsonBodyReader,
      inject: [FAST_PATH],
      useFactory: (fast: boolean) => (fast ? new FastJsonBodyReader() : new JsonBodyReader()),
    },
  ],
  exports: [RouteTable, WarmUp, FAST_PATH, JsonBodyReader],
})
export class HttpModule {}
