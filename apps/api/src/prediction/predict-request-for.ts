import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { InferenceService } from '@inferserve/inference';
import { IsNumber } from 'class-validator';
import { FINITE } from './predict-request.dto';

/** The DTO of a model: one finite number a feature, described by unit and observed range. */
export function predictRequestFor(artifact: InferenceService['artifact']): Type<object> {
  class ModelPredictRequest {}
  const [example] = artifact.verification.cases;
  for (const [j, feature] of artifact.input.features.entries()) {
    const { name, unit, observedMin, observedMax } = feature;
    const range =
      observedMin !== undefined && observedMax !== undefined
        ? `observed from ${observedMin} to ${observedMax}`
        : undefined;
    const description = [feature.description, unit && `in ${unit}`, range]
      .filter(Boolean)
      .join(', ');
    ApiProperty({ type: Number, description, example: example!.input[j] })(
      ModelPredictRequest.prototype,
      name,
    );
    IsNumber(FINITE)(ModelPredictRequest.prototype, name);
  }
  return ModelPredictRequest;
}
