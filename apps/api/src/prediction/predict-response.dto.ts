import { ApiProperty } from '@nestjs/swagger';
import type { ClassLabel } from '@inferserve/model';

/** The answer to `POST /predict`. */
export class PredictResponse {
  @ApiProperty({ description: 'The most likely class', type: String, example: 'setosa' })
  readonly predicted_class!: ClassLabel;
}
