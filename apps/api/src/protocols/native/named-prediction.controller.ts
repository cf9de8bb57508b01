import { All, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { HttpRequest } from '../../http/requests/http-request.decorator';
import { PredictionLimitGuard } from '../../http/requests/prediction-limit.guard';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ServerTiming } from '../../http/requests/server-timing';
import { MODEL_VERSION } from '../shared/model-version-header';
import { BatchRequestPipe, type RowsRequest } from './batch-request.pipe';
import type { Include } from './include/include';
import { Included } from './include/include.decorator';
import { nativeErrors } from './native-errors';
import { PredictRequestPipe, type RowRequest } from './predict-request.pipe';
import { PredictionService } from './prediction.service';

const PREDICT = [':name/predict', ':name/versions/:version/predict'];
const BATCH = PREDICT.map((path) => `${path}/batch`);

/**
 * `POST /models/{name}[/versions/{version}]/predict[/batch]`: what `PredictionController` does, for any model that is
 * served. `NativeDocs` documents these routes model by model.
 */
@ApiExcludeController()
@ProtocolController('models', nativeErrors)
export class NamedPredictionController {
  constructor(private readonly predictions: PredictionService) {}

  @Post(PREDICT)
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  predict(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @HttpRequest(PredictRequestPipe) { model, row }: RowRequest,
    @Included() include: Include,
  ): object {
    response.setHeader(MODEL_VERSION, model.version);
    const body = this.predictions.predict(model, row, include);
    ServerTiming.end(request, 'score');
    return body;
  }

  @Post(BATCH)
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  async predictBatch(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @HttpRequest(BatchRequestPipe) { model, rows }: RowsRequest,
    @Included() include: Include,
  ): Promise<object> {
    response.setHeader(MODEL_VERSION, model.version);
    const body = await this.predictions.predictBatch(model, rows, include);
    ServerTiming.end(request, 'score');
    return body;
  }

  @All([...PREDICT, ...BATCH])
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'POST' });
  }
}
