import { All, Get, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import type { ClassLabel } from '@inferserve/model';
import type { Response } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { HttpRequest } from '../../http/requests/http-request.decorator';
import { PredictionLimitGuard } from '../../http/requests/prediction-limit.guard';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { errorBodies } from '../shared/error-body';
import { JsonRowScorer } from '../shared/json-row.scorer';
import { MODEL_VERSION } from '../shared/model-version-header';
import { ModelFinder } from '../shared/model-finder';
import { type InstancesRequest, InstancesRequestPipe } from './instances-request.pipe';
import { V1ModelDocs, V1ModelsDocs, V1PredictDocs } from './v1.decorators';

/** What `GET /v1/models/{model}` answers: the members of KServe's form and those of TensorFlow Serving's. */
interface ModelStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly model_version_status: readonly {
    readonly version: string;
    readonly state: 'AVAILABLE' | 'END';
    readonly status: { readonly error_code: string; readonly error_message: string };
  }[];
}

/** KServe's first protocol, which is Vertex AI's and the one of TensorFlow Serving too. */
@ProtocolController('v1', errorBodies)
export class V1Controller {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly models: ModelFinder,
    private readonly scorer: JsonRowScorer,
  ) {}

  @Get('models')
  @V1ModelsDocs()
  list(): { readonly models: readonly string[] } {
    return { models: [...new Set(this.registry.list().map(({ name }) => name))] };
  }

  @Get('models/:model')
  @V1ModelDocs()
  status(
    @Param('model') name: string,
    @Res({ passthrough: true }) response: Response,
  ): ModelStatus {
    const answer = statusOf(this.models.find(name));
    if (!answer.ready) response.status(503);
    return answer;
  }

  /** The name of the model and the verb are one part of the path: `iris:predict`. */
  @Post('models/:model')
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  @V1PredictDocs('predictInstances')
  async predict(
    @HttpRequest(InstancesRequestPipe) { model, instances }: InstancesRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly predictions: readonly (ClassLabel | number)[] }> {
    response.setHeader(MODEL_VERSION, model.version);
    return { predictions: await this.scorer.predict(model, instances, ['instances']) };
  }

  @Post('models/:model/versions/:version')
  @HttpCode(200)
  @UseGuards(PredictionLimitGuard)
  @V1PredictDocs('predictInstancesVersion')
  predictVersion(
    @HttpRequest(InstancesRequestPipe) request: InstancesRequest,
    @Res({ passthrough: true }) response: Response,
  ): ReturnType<V1Controller['predict']> {
    return this.predict(request, response);
  }

  @All(['models', 'models/:model'])
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'GET' });
  }

  @All('models/:model/versions/:version')
  @ApiExcludeEndpoint()
  refuseOtherMethodsOfVersion(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'POST' });
  }
}

function statusOf(model: ServedModel): ModelStatus {
  const { name, version } = model;
  const ready = model.isSound();
  const status = ready
    ? { error_code: 'OK', error_message: '' }
    : { error_code: 'UNAVAILABLE', error_message: 'The model gives wrong answers.' };
  const state = ready ? 'AVAILABLE' : 'END';
  return { name, ready, model_version_status: [{ version, state, status }] };
}
