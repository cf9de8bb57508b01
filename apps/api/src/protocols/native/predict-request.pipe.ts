import { Injectable, type PipeTransform } from '@nestjs/common';
import type { FeatureRecord } from '@inferserve/inference';
import { PredictionContract } from './prediction-contract';

/** Lets exactly the features of the model through, as finite numbers. */
@Injectable()
export class PredictRequestPipe implements PipeTransform<unknown, FeatureRecord> {
  constructor(private readonly contract: PredictionContract) {}

  transform(body: unknown): FeatureRecord {
    return this.contract.validator.validate(body) as FeatureRecord;
  }
}
