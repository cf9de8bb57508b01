import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { Request } from 'express';
import type { Environment } from '../../../settings/environment';
import { environmentConfig } from '../../../settings/environment.config';
import { ServerTiming } from '../../../http/requests/server-timing';
import { BodyLimits } from '../../shared/body-limits';
import { ModelFinder } from '../../shared/model-finder';
import { checkRowCount, type ChosenOutput, chooseOutputs } from '../response/choose-outputs';
import { rowsOf } from '../rows/rows-of';
import type { TensorRows } from '../rows/tensor-rows';
import { InferenceBodyReader } from './inference-body';
import { parseInferRequest } from './parse-infer-request';
import { rawRequest } from './raw-request';

/** A request that is checked but for the values of its rows. */
export interface InferCall {
  readonly model: ServedModel;
  readonly id?: string;
  readonly rows: TensorRows;
  readonly outputs: readonly ChosenOutput[];
}

/** Reads an inference request for the model that its path names. */
@Injectable()
export class InferRequestPipe implements PipeTransform<Request, Promise<InferCall>> {
  constructor(
    private readonly models: ModelFinder,
    private readonly bodies: InferenceBodyReader,
    private readonly limits: BodyLimits,
    @Inject(environmentConfig.KEY) private readonly environment: Pick<Environment, 'maxBatchRows'>,
  ) {}

  /** @throws ProblemException for an unknown model, and for the first fault of the body */
  async transform(request: Request): Promise<InferCall> {
    ServerTiming.end(request, 'limit');
    const { model: name, version } = request.params as { model: string; version?: string };
    const model = this.models.find(name, version);
    const { json, binary } = await this.bodies.read(request, this.limits.batch(model));
    const infer =
      json === undefined && binary !== undefined
        ? rawRequest(model, binary)
        : parseInferRequest(json, binary);
    const outputs = chooseOutputs(model, infer);
    const rows = rowsOf(model, infer.inputs, this.environment.maxBatchRows);
    checkRowCount(outputs, rows.count);
    ServerTiming.end(request, 'validate');
    return { model, rows, outputs, ...(infer.id !== undefined && { id: infer.id }) };
  }
}
