import { Inject, Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { Request } from 'express';
import { ModelFinder } from '../shared/model-finder';
import { PredictRequestPipe } from './predict-request.pipe';

/** Reads a row for the model that the path names. */
@Injectable()
export class NamedRowPipe extends PredictRequestPipe {
  @Inject(ModelFinder) private readonly finder!: ModelFinder;

  /** @throws ProblemException where that model is not served */
  protected override modelOf({ params }: Request): ServedModel {
    return this.finder.ofPath(params);
  }
}
