import type { Type } from '@nestjs/common';
import type { Environment } from '../environment';
import { NativeProtocolModule } from './native/native-protocol.module';
import { OpenInferenceModule } from './open-inference/open-inference.module';

/** The module of each protocol that PROTOCOLS can name. */
export const PROTOCOL_MODULES: Readonly<Record<Environment['protocols'][number], Type>> = {
  native: NativeProtocolModule,
  v2: OpenInferenceModule,
};
