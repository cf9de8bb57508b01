import { Module } from '@nestjs/common';
import { HealthModule } from '../../health/health.module';
import { SharedProtocolModule } from '../shared/shared-protocol.module';
import { InferController } from './infer.controller';
import { InferenceService } from './inference.service';
import { MetadataController } from './metadata.controller';
import { ModelReadyController } from './model-ready.controller';
import { OpenInferenceDocs } from './open-inference-docs';
import { OpenInferenceHealthController } from './open-inference-health.controller';
import { InferenceBodyReader } from './request/inference-body';

/** The Open Inference Protocol, version 2: `/v2`. */
@Module({
  imports: [SharedProtocolModule, HealthModule],
  controllers: [
    OpenInferenceHealthController,
    InferController,
    MetadataController,
    ModelReadyController,
  ],
  providers: [InferenceBodyReader, InferenceService, OpenInferenceDocs],
})
export class OpenInferenceModule {}
