import { Inject, Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';
import { rowLimit } from './row-limit';

/** `{"instances":[` and `]}`, with room for white space. */
const BATCH_FRAME_BYTES = 64;

/** How large request bodies may be: as configured, or else what a row of the model can need. */
@Injectable()
export class BodyLimits {
  constructor(
    @Inject(environmentConfig.KEY)
    private readonly environment: Pick<Environment, 'bodyLimitBytes' | 'batchBodyLimitBytes'>,
  ) {}

  /** Bytes of the body of `POST /predict`. */
  row(model: ServedModel): number {
    return rowLimit(this.environment, model);
  }

  /** Bytes of the body of `POST /predict/batch`; a batch of any one row that `POST /predict` takes is allowed. */
  batch(model: ServedModel): number {
    return Math.max(this.environment.batchBodyLimitBytes, this.row(model) + BATCH_FRAME_BYTES);
  }
}
