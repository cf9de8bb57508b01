import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { type FeatureRecord, InferenceService } from '@inferserve/inference';
import type { ClassLabel } from '@inferserve/model';
import { BodyValidator } from '../http/body-validator';
import { PredictRequest } from './predict-request.dto';
import { predictRequestFor } from './predict-request-for';

/** What a row of the served model looks like: its DTO, and the check that was compiled from it. */
@Injectable()
export class PredictionContract implements OnModuleInit {
  requestType: Type<object> = PredictRequest;
  validator = new BodyValidator<object>(PredictRequest);

  constructor(private readonly inference: InferenceService) {}

  /** Iris keeps its own DTO; that of any other model is made from the features of its artifact. */
  onModuleInit(): void {
    const { artifact } = this.inference;
    if (this.validator.hasExactly(artifact.input.features.map(({ name }) => name))) return;
    this.requestType = predictRequestFor(artifact);
    this.validator = new BodyValidator(this.requestType);
  }

  /** A row of the model, and its class. */
  get example(): { readonly features: FeatureRecord; readonly label: ClassLabel } {
    const { input, verification } = this.inference.artifact;
    const [example] = verification.cases;
    const features = input.features.map(({ name }, j) => [name, example!.input[j]!] as const);
    return { features: Object.fromEntries(features), label: example!.label };
  }
}
