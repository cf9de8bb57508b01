import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Request } from 'express';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';
import { JsonBodyReader } from '../../http/body/json-body.reader';
import { isRowList, type RowList } from '../../http/body/row-table';
import type { InputFault } from '../../http/errors/problem';
import { ProblemException } from '../../http/errors/problem.exception';
import { ServerTiming } from '../../http/requests/server-timing';
import { BatchRequest } from './batch.dto';
import { BodyLimits } from '../shared/body-limits';
import { ModelFinder } from '../shared/model-finder';
import { unknownFieldFaults } from './unknown-fields';

const FIELDS = new Set(['instances']);

/** Rows that are not checked yet, and the model that they are for. */
export interface RowsRequest {
  readonly model: ServedModel;
  readonly rows: RowList;
}

/** Reads `{"instances": […]}` with no more rows than allowed; checking the rows is left to the controller. */
@Injectable()
export class BatchRequestPipe implements PipeTransform<Request, Promise<RowsRequest>> {
  constructor(
    private readonly models: ModelFinder,
    private readonly bodies: JsonBodyReader,
    private readonly limits: BodyLimits,
    @Inject(environmentConfig.KEY) private readonly environment: Environment,
  ) {}

  /** @throws ProblemException where the model is not served, as `JsonBodyReader` does, or with every fault of the batch as a whole */
  async transform(request: Request): Promise<RowsRequest> {
    ServerTiming.end(request, 'limit');
    const model = this.models.ofPath(request.params);
    const body = await this.bodies.readRows(request, this.limits.batch(model));
    const faults = faultsOf(body, this.environment.maxBatchRows);
    if (faults.length > 0) throw ProblemException.invalid(...faults);
    ServerTiming.end(request, 'validate');
    return { model, rows: instancesOf(body as object) as RowList };
  }
}

function faultsOf(body: unknown, maxRows: number): InputFault[] {
  if (body === undefined) return [fault([], 'Field required', 'missing')];
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [fault([], 'Input should be a JSON object', 'object_type')];
  }
  const instances = instancesOf(body);
  const faults = unknownFieldFaults(body, FIELDS, []);
  // Whether it is a list is all that the DTO asks; its rows would cost class-transformer a copy each.
  const flat = {
    instances: isRowList(instances) ? [] : instances === undefined ? undefined : 0,
  };
  if (validateSync(plainToInstance(BatchRequest, flat)).length > 0) {
    faults.unshift(
      instances === undefined
        ? fault(['instances'], 'Field required', 'missing')
        : fault(['instances'], 'Input should be a list', 'list_type'),
    );
  } else if ((instances as RowList).length > maxRows) {
    faults.push(fault(['instances'], `Input should have at most ${maxRows} rows`, 'too_long'));
  }
  return faults;
}

function instancesOf(body: object): unknown {
  return Object.hasOwn(body, 'instances') ? (body as BatchRequest).instances : undefined;
}

function fault(path: InputFault['path'], message: string, type: string): InputFault {
  return { in: 'body', path, message, type };
}
