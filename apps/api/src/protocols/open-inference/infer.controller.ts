import { All, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { HttpRequest } from '../../http/requests/http-request.decorator';
import { PredictionLimitGuard } from '../../http/requests/prediction-limit.guard';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ServerTiming } from '../../http/requests/server-timing';
import { MODEL_VERSION } from '../shared/model-version-header';
import { InferenceService } from './inference.service';
import { InferDocs } from './open-inference.decorators';
import { errorBodies } from '../shared/error-body';
import { type InferCall, InferRequestPipe } from './request/infer-request.pipe';
import { sendInference } from './response/send-inference';

/** `POST /v2/models/{model}[/versions/{version}]/infer`: limited, then read, then checked, then answered. */
@ProtocolController('v2', errorBodies)
export class InferController {
  constructor(private readonly inference: InferenceService) {}

  @Post('models/:model/infer')
  @UseGuards(PredictionLimitGuard)
  @InferDocs('infer')
  async infer(
    @Req() request: Request,
    @Res() response: Response,
    @HttpRequest(InferRequestPipe) call: InferCall,
  ): Promise<void> {
    const answer = await this.inference.infer(call);
    ServerTiming.end(request, 'score');
    response.setHeader(MODEL_VERSION, call.model.version);
    await sendInference(response, answer);
  }

  @Post('models/:model/versions/:version/infer')
  @UseGuards(PredictionLimitGuard)
  @InferDocs('inferVersion')
  inferVersion(
    @Req() request: Request,
    @Res() response: Response,
    @HttpRequest(InferRequestPipe) call: InferCall,
  ): Promise<void> {
    return this.infer(request, response, call);
  }

  @All(['models/:model/infer', 'models/:model/versions/:version/infer'])
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'POST' });
  }
}
