import {
  All,
  Controller,
  Header,
  HttpCode,
  MethodNotAllowedException,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FeatureRecord } from '@inferserve/inference';
import { RateLimitGuard } from '@inferserve/rate-limit';
import type { Request } from 'express';
import { InvalidBodyException } from '../http/invalid-body.exception';
import { JsonBody } from '../http/json-body.decorator';
import { BatchJsonBodyPipe, JsonBodyPipe } from '../http/json-body.pipe';
import { JsonText } from '../http/json-text';
import { ServerTiming } from '../http/server-timing';
import type { BatchRequest } from './batch.dto';
import { BatchRequestPipe } from './batch-request.pipe';
import { IncludeProbabilities } from './include.decorator';
import { BatchDocs, PredictDocs } from './predict.docs';
import { PredictRequestPipe } from './predict-request.pipe';
import { PredictionService } from './prediction.service';

/** `POST /predict` and `/predict/batch`: limited, then read, then checked, then answered. */
@Controller('predict')
export class PredictionController {
  constructor(private readonly predictions: PredictionService) {}

  @Post()
  @HttpCode(200)
  @UseGuards(RateLimitGuard)
  @PredictDocs()
  predict(
    @Req() request: Request,
    @JsonBody(JsonBodyPipe, PredictRequestPipe) features: FeatureRecord,
    @IncludeProbabilities() withProbabilities: boolean,
  ): JsonText {
    ServerTiming.end(request, 'validate');
    this.checkInclude(withProbabilities);
    const answer = this.predictions.predict(features, withProbabilities);
    ServerTiming.end(request, 'score');
    return new JsonText(answer);
  }

  @Post('batch')
  @HttpCode(200)
  @UseGuards(RateLimitGuard)
  @BatchDocs()
  async predictBatch(
    @Req() request: Request,
    @JsonBody(BatchJsonBodyPipe, BatchRequestPipe) { instances }: BatchRequest,
    @IncludeProbabilities() withProbabilities: boolean,
  ): Promise<JsonText> {
    ServerTiming.end(request, 'validate');
    this.checkInclude(withProbabilities);
    const answer = await this.predictions.predictBatch(instances, withProbabilities);
    ServerTiming.end(request, 'score');
    return new JsonText(answer);
  }

  @All(['', 'batch'])
  @Header('Allow', 'POST')
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new MethodNotAllowedException({ detail: 'Method not allowed; use POST.' });
  }

  private checkInclude(withProbabilities: boolean): void {
    if (!withProbabilities || this.predictions.hasProbabilities) return;
    throw new InvalidBodyException([
      { loc: ['query', 'include'], msg: 'This model has no probabilities', type: 'unavailable' },
    ]);
  }
}
