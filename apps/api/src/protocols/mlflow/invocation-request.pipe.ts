import { Injectable, type PipeTransform } from '@nestjs/common';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import type { Request } from 'express';
import { parseMediaType } from '../../http/body/media-type';
import { ServerTiming } from '../../http/requests/server-timing';
import { BodyLimits } from '../shared/body-limits';
import { LenientBodyReader } from '../shared/lenient-body.reader';
import { csvRows, type InvocationRows, invocationRows } from './invocation-rows';

const CSV = 'text/csv';
const BYTE_ORDER_MARK = '\ufeff';

/** Rows that are not checked yet, and the model that they are for. */
export interface InvocationRequest extends InvocationRows {
  readonly model: ServedModel;
}

/** Reads a body of MLflow's scoring server, JSON or CSV, for the default model. */
@Injectable()
export class InvocationRequestPipe implements PipeTransform<Request, Promise<InvocationRequest>> {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly bodies: LenientBodyReader,
    private readonly limits: BodyLimits,
  ) {}

  /** @throws ProblemException for a body that is not of one of the forms */
  async transform(request: Request): Promise<InvocationRequest> {
    ServerTiming.end(request, 'limit');
    const model = this.registry.default;
    const bytes = await this.bodies.readBytes(request, this.limits.batch(model), [CSV]);
    const type = parseMediaType(request.headers['content-type'] ?? '');
    const rows =
      type?.essence === CSV
        ? csvRows(model, textOf(bytes))
        : invocationRows(this.bodies.parseRows(bytes));
    ServerTiming.end(request, 'validate');
    return { model, ...rows };
  }
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
