import { ApiProperty } from '@nestjs/swagger';
import type { ClassLabel } from '@inferserve/model';

/** The answer of a classifier for one row; `answerSchema` adds what can be included. */
export class PredictResponse {
  @ApiProperty({
    description: 'The most likely class, as the training data named it',
    oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }],
  })
  readonly predicted_class!: ClassLabel;
}

/** The answer of a regressor for one row. */
export class PredictValueResponse {
  @ApiProperty({ description: 'The predicted number' })
  readonly predicted_value!: number;
}
