import { Module } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module';
import { SharedProtocolModule } from '../protocols/shared/shared-protocol.module';
import { ResponseWriter } from '../protocols/native/response-writer';
import { PageController } from './page.controller';
import { PageService } from './page.service';

/** The page of each model, for people. */
@Module({
  imports: [MetricsModule, SharedProtocolModule],
  controllers: [PageController],
  providers: [PageService, ResponseWriter],
  exports: [PageService],
})
export class PageModule {}
