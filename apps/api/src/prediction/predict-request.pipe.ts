import { Injectable, type PipeTransform } from '@nestjs/common';
import type { FeatureRecord } from '@inferserve/inference';
import { BodyValidator } from '../http/body-validator';
import { PredictRequest } from './predict-request.dto';

/** Lets only the features of the model through, as finite numbers. */
@Injectable()
export class PredictRequestPipe implements PipeTransform<unknown, FeatureRecord> {
  private readonly validator = new BodyValidator(PredictRequest);

  transform(body: unknown): FeatureRecord {
    return { ...this.validator.validate(body) };
  }
}
