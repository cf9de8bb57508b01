import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClassLabel } from '@inferserve/model';

/** The answer of a classifier for one row. */
export class PredictResponse {
  @ApiProperty({
    description: 'The most likely class, as the training data named it',
    oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }],
  })
  readonly predicted_class!: ClassLabel;

  @ApiPropertyOptional({
    description: 'Probability by class, with include=probabilities',
    type: 'object',
    additionalProperties: { type: 'number' },
  })
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** The answer of a regressor for one row. */
export class PredictValueResponse {
  @ApiProperty({ description: 'The predicted number' })
  readonly predicted_value!: number;
}
