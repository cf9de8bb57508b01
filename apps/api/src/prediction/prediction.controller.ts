import {
  All,
  Controller,
  Header,
  HttpCode,
  MethodNotAllowedException,
  Post,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { type FeatureRecord, InferenceService } from '@inferserve/inference';
import { RateLimitGuard } from '@inferserve/rate-limit';
import { JsonBody } from '../http/json-body.decorator';
import { JsonBodyPipe } from '../http/json-body.pipe';
import { MetricsService } from '../metrics/metrics.service';
import { PredictDocs } from './predict.docs';
import { PredictRequestPipe } from './predict-request.pipe';
import type { PredictResponse } from './predict-response.dto';

/** `POST /predict`: limited, then read, then checked, then answered. */
@Controller('predict')
export class PredictionController {
  constructor(
    private readonly inference: InferenceService,
    private readonly metrics: MetricsService,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(RateLimitGuard)
  @PredictDocs()
  predict(@JsonBody(JsonBodyPipe, PredictRequestPipe) features: FeatureRecord): PredictResponse {
    const predictedClass = this.inference.predict(features);
    const { name, version } = this.inference.artifact;
    this.metrics.predicted(name, version, String(predictedClass));
    return { predicted_class: predictedClass };
  }

  @All()
  @Header('Allow', 'POST')
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new MethodNotAllowedException({ detail: 'Method not allowed; use POST.' });
  }
}
