import { Module } from '@nestjs/common';
import { SharedProtocolModule } from '../shared/shared-protocol.module';
import { V1Controller } from './v1.controller';
import { V1Docs } from './v1-docs';

/** KServe's protocol v1: `/v1`. */
@Module({
  imports: [SharedProtocolModule],
  controllers: [V1Controller],
  providers: [V1Docs],
})
export class V1Module {}
