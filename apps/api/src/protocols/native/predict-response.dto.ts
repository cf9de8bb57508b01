import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClassLabel } from '@inferserve/model';

/** The answer for one row. */
export class PredictResponse {
  @ApiProperty({
    description: 'The most likely class, as the training data named it',
    oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }],
    example: 'setosa',
  })
  readonly predicted_class!: ClassLabel;

  @ApiPropertyOptional({
    description: 'Probability by class, with include=probabilities',
    type: 'object',
    additionalProperties: { type: 'number' },
  })
  readonly probabilities?: Readonly<Record<string, number>>;
}
