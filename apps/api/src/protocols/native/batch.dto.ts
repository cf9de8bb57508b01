import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsArray } from 'class-validator';
import { Fault } from './error-responses.dto';
import { PredictRequest } from './predict-request.dto';
import { PredictResponse } from './predict-response.dto';

/** The body of `POST /predict/batch`. */
export class BatchRequest {
  @ApiProperty({
    description: 'The rows, each as for POST /predict',
    type: 'array',
    items: { $ref: getSchemaPath(PredictRequest) },
  })
  @IsArray()
  readonly instances!: readonly unknown[];
}

/** What replaces the answer to a row that is not valid. */
export class RowError {
  @ApiProperty({ type: [Fault] })
  readonly error!: readonly Fault[];
}

/** The answer to `POST /predict/batch`, in the order of the rows. */
export class BatchResponse {
  @ApiProperty({
    type: 'array',
    items: { anyOf: [PredictResponse, RowError].map((type) => ({ $ref: getSchemaPath(type) })) },
  })
  readonly predictions!: readonly (PredictResponse | RowError)[];
}
