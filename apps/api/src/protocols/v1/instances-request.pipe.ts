import { Injectable, type PipeTransform } from '@nestjs/common';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import type { Request } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { ServerTiming } from '../../http/requests/server-timing';
import { BodyLimits } from '../shared/body-limits';
import { LenientBodyReader } from '../shared/lenient-body.reader';
import { ModelFinder } from '../shared/model-finder';
import { requestFault } from '../shared/request-fault';

/** By itself it is the last part of `PREDICT_DEFAULT`. */
const VERB = ':predict';

/** Rows that are not checked yet, and the model that they are for. */
export interface InstancesRequest {
  readonly model: ServedModel;
  readonly instances: unknown;
}

/** Reads `{"instances": […]}` for the model that the path names; other members are ignored. */
@Injectable()
export class InstancesRequestPipe implements PipeTransform<Request, Promise<InstancesRequest>> {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly models: ModelFinder,
    private readonly bodies: LenientBodyReader,
    private readonly limits: BodyLimits,
  ) {}

  /** @throws ProblemException for another verb, an unknown model, and a body that is not of this form */
  async transform(request: Request): Promise<InstancesRequest> {
    ServerTiming.end(request, 'limit');
    const model = this.modelOf(request.params as { model: string; version?: string });
    const body = await this.bodies.readRows(request, this.limits.batch(model));
    if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'instances')) {
      throw requestFault(['instances'], 'Field required', 'missing');
    }
    ServerTiming.end(request, 'validate');
    return { model, instances: (body as { readonly instances: unknown }).instances };
  }

  private modelOf({ model: name, version }: { model: string; version?: string }): ServedModel {
    if (version !== undefined) return this.models.find(name, withoutVerb(version));
    return name === VERB ? this.registry.default : this.models.find(withoutVerb(name));
  }
}

/** The name or version in front of the verb, with which it is one part of the path: `iris:predict`. */
function withoutVerb(part: string): string {
  if (part.endsWith(VERB)) return part.slice(0, -VERB.length);
  throw new ProblemException({ kind: 'http', status: 404 });
}
