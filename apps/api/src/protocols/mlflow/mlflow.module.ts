import { Module } from '@nestjs/common';
import { HealthModule } from '../../health/health.module';
import { SharedProtocolModule } from '../shared/shared-protocol.module';
import { InvocationsController } from './invocations.controller';
import { MlflowDocs } from './mlflow-docs';
import { PingController } from './ping.controller';
import { VersionController } from './version.controller';

/** The scoring server of MLflow, whose routes SageMaker asks too. */
@Module({
  imports: [SharedProtocolModule, HealthModule],
  controllers: [InvocationsController, PingController, VersionController],
  providers: [MlflowDocs],
})
export class MlflowModule {}
