import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Row, ServedModel } from '@inferserve/inference';
import type { Request } from 'express';
import { JsonBodyReader } from '../../http/body/json-body.reader';
import { ProblemException } from '../../http/errors/problem.exception';
import { ServerTiming } from '../../http/requests/server-timing';
import { BodyLimits } from '../shared/body-limits';
import { ModelFinder } from '../shared/model-finder';
import { RowReader } from './row-reader';

/** A valid row, and the model that it is for. */
export interface RowRequest {
  readonly model: ServedModel;
  readonly row: Row;
}

/** Reads a body that holds exactly the columns of the model that the path names, or else of the default one. */
@Injectable()
export class PredictRequestPipe implements PipeTransform<Request, Promise<RowRequest>> {
  constructor(
    private readonly models: ModelFinder,
    private readonly bodies: JsonBodyReader,
    private readonly limits: BodyLimits,
    private readonly rows: RowReader,
  ) {}

  /** @throws ProblemException where that model is not served, as `JsonBodyReader` does, or with every fault of the row */
  async transform(request: Request): Promise<RowRequest> {
    ServerTiming.end(request, 'limit');
    const model = this.models.ofPath(request.params);
    const row = await this.bodies.read(request, this.limits.row(model));
    if (!this.rows.read(model, row)) {
      throw ProblemException.invalid(...this.rows.faultsOf(model, row));
    }
    ServerTiming.end(request, 'validate');
    return { model, row };
  }
}
