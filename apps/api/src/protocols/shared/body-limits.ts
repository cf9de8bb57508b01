import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModelLoadError, ModelRegistry, type ServedModel } from '@inferserve/inference';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';

/** The least that a derived limit allows, and its granularity. */
const LEAST_BYTES = 16 * 1024;
const STEP_BYTES = 1024;
/** `{"instances":[` and `]}`, with room for white space. */
const BATCH_FRAME_BYTES = 64;

/** How large request bodies may be: as configured, or else what a row of the model can need. */
@Injectable()
export class BodyLimits implements OnApplicationBootstrap {
  constructor(
    @Inject(environmentConfig.KEY)
    private readonly environment: Pick<Environment, 'bodyLimitBytes' | 'batchBodyLimitBytes'>,
    private readonly registry: ModelRegistry,
  ) {}

  /** @throws ModelLoadError where not even the example of a model could be sent */
  onApplicationBootstrap(): void {
    for (const model of this.registry.list()) {
      const bytes = Buffer.byteLength(JSON.stringify(model.example.row));
      if (bytes <= this.row(model)) continue;
      throw new ModelLoadError(
        `A row of model ${model.name} takes ${bytes} bytes, more than BODY_LIMIT allows (${this.row(model)}). ` +
          'Raise BODY_LIMIT, or leave it unset to have it follow from the model',
      );
    }
  }

  /** Bytes of the body of `POST /predict`. */
  row({ description }: ServedModel): number {
    const { bodyLimitBytes } = this.environment;
    if (bodyLimitBytes !== undefined) return bodyLimitBytes;
    return Math.max(LEAST_BYTES, Math.ceil(description.rowBytes / STEP_BYTES) * STEP_BYTES);
  }

  /** Bytes of the body of `POST /predict/batch`; a batch of any one row that `POST /predict` takes is allowed. */
  batch(model: ServedModel): number {
    return Math.max(this.environment.batchBodyLimitBytes, this.row(model) + BATCH_FRAME_BYTES);
  }
}
