import { All, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { PredictionLimitGuard } from '../../http/requests/prediction-limit.guard';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ServerTiming } from '../../http/requests/server-timing';
import { MODEL_VERSION } from '../shared/model-version-header';
import { BatchRequestPipe, type RowsRequest } from './batch-request.pipe';
import { HttpRequest } from '../../http/requests/http-request.decorator';
import type { Include } from './include/include';
import { Included } from './include/include.decorator';
import { nativeErrors } from './native-errors';
import { PredictRequestPipe, type RowRequest } from './predict-request.pipe';
import { BatchDocs, PredictDocs } from './prediction.docs';
import { PredictionService } from './prediction.service';

/** `POST /predict` and `/predict/batch`: limited, then read, then checked, then answered. */
@ProtocolController('predict', nativeErrors)
export class PredictionController {
  constructor(private readonly predictions: PredictionService) {}

  @Post()
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  @PredictDocs()
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

  @Post('batch')
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  @BatchDocs()
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

  @All(['', 'batch'])
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'POST' });
  }
}
