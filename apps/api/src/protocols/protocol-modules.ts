import type { Type } from '@nestjs/common';
import type { Environment } from '../settings/environment';
import { MlflowModule } from './mlflow/mlflow.module';
import { NativeProtocolModule } from './native/native-protocol.module';
import { OpenInferenceModule } from './open-inference/open-inference.module';
import { V1Module } from './v1/v1.module';

/** The module of each protocol that PROTOCOLS can name. */
export const PROTOCOL_MODULES: Readonly<Record<Environment['protocols'][number], Type>> = {
  native: NativeProtocolModule,
  v2: OpenInferenceModule,
  v1: V1Module,
  mlflow: MlflowModule,
};
