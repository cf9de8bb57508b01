import { Module } from '@nestjs/common';
import { FAST_PATH } from '../../http/fast-path/fast-path';
import { FastResponseWriter } from '../../http/fast-path/fast-response-writer';
import { FastRowReader } from '../../http/fast-path/fast-row-reader';
import { SharedProtocolModule } from '../shared/shared-protocol.module';
import { ModelsController } from './models.controller';
import { ModelsService } from './models.service';
import { NamedPredictionController } from './named-prediction.controller';
import { NativeDocs } from './native-docs';
import { NativeWarmUp } from './native-warm-up';
import { PredictRequestPipe } from './predict-request.pipe';
import { PredictionController } from './prediction.controller';
import { PredictionService } from './prediction.service';
import { ResponseWriter } from './response-writer';
import { RowReader } from './row-reader';

/** `POST /predict`, `/predict/batch`, and everything below `/models`. */
@Module({
  imports: [SharedProtocolModule],
  controllers: [PredictionController, NamedPredictionController, ModelsController],
  providers: [
    NativeDocs,
    ModelsService,
    NativeWarmUp,
    PredictionService,
    PredictRequestPipe,
    {
      provide: RowReader,
      inject: [FAST_PATH],
      useFactory: (fast: boolean) => (fast ? new FastRowReader() : new RowReader()),
    },
    {
      provide: ResponseWriter,
      inject: [FAST_PATH],
      useFactory: (fast: boolean) => (fast ? new FastResponseWriter() : new ResponseWriter()),
    },
  ],
})
export class NativeProtocolModule {}
