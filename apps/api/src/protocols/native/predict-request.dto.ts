import { ApiProperty } from '@nestjs/swagger';
import { IsNumber } from 'class-validator';

/** JSON has no NaN, but 1e400 reads as Infinity. */
const FINITE = { allowNaN: false, allowInfinity: false };

/** The four measurements of one Iris flower, in centimetres. */
export class PredictRequest {
  @ApiProperty({ description: 'Length of the sepal in cm' })
  @IsNumber(FINITE)
  readonly sepal_length!: number;

  @ApiProperty({ description: 'Width of the sepal in cm' })
  @IsNumber(FINITE)
  readonly sepal_width!: number;

  @ApiProperty({ description: 'Length of the petal in cm' })
  @IsNumber(FINITE)
  readonly petal_length!: number;

  @ApiProperty({ description: 'Width of the petal in cm' })
  @IsNumber(FINITE)
  readonly petal_width!: number;
}
