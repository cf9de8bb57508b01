import { All, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { ClassLabel } from '@inferserve/model';
import type { Request, Response } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { HttpRequest } from '../../http/requests/http-request.decorator';
import { PredictionLimitGuard } from '../../http/requests/prediction-limit.guard';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ServerTiming } from '../../http/requests/server-timing';
import { JsonRowScorer } from '../shared/json-row.scorer';
import { MODEL_VERSION } from '../shared/model-version-header';
import { type InvocationRequest, InvocationRequestPipe } from './invocation-request.pipe';
import { InvocationsDocs } from './mlflow.decorators';
import { mlflowErrors } from './mlflow-errors';

/** `POST /invocations` of MLflow's scoring server and of SageMaker. */
@ProtocolController('invocations', mlflowErrors)
export class InvocationsController {
  constructor(private readonly scorer: JsonRowScorer) {}

  @Post()
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  @InvocationsDocs()
  async invoke(
    @Req() httpRequest: Request,
    @HttpRequest(InvocationRequestPipe) { model, rows, path }: InvocationRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly predictions: readonly (ClassLabel | number)[] }> {
    const predictions = await this.scorer.predict(model, rows, path);
    ServerTiming.end(httpRequest, 'score');
    response.setHeader(MODEL_VERSION, model.version);
    return { predictions };
  }

  @All()
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'POST' });
  }
}
