import { Module } from '@nestjs/common';
import { FAST_PATH } from '../../http/fast-path/fast-path';
import { FastResponseWriter } from '../../http/fast-path/fast-response-writer';
import { FastRowReader } from '../../http/fast-path/fast-row-reader';
import { SharedProtocolModule } from '../shared/shared-protocol.module';
import { NativeDocs } from './native-docs';
import { NativeWarmUp } from './native-warm-up';
import { PredictionController } from './prediction.controller';
import { PredictionService } from './prediction.service';
import { ResponseWriter } from './response-writer';
import { RowReader } from './row-reader';

/** `POST /predict` and `/predict/batch`. */
@Module({
  imports: [SharedProtocolModule],
  controllers: [PredictionController],
  providers: [
    NativeDocs,
    NativeWarmUp,
    PredictionService,
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
