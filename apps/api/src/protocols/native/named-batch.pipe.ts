import { Inject, Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { Request } from 'express';
import { ModelFinder } from '../shared/model-finder';
import { BatchRequestPipe } from './batch-request.pipe';

/** Reads rows for the model that the path names. */
@Injectable()
export class NamedBatchPipe extends BatchRequestPipe {
  @Inject(ModelFinder) private readonly finder!: ModelFinder;

  /** @throws ProblemException where that model is not served */
  protected override modelOf({ params }: Request): ServedModel {
    return this.finder.ofPath(params);
  }
}
