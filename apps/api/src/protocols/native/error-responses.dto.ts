import { ApiProperty } from '@nestjs/swagger';

/** The body of every error but invalid input. */
export class ErrorResponse {
  @ApiProperty({ description: 'What went wrong, in one sentence.' })
  readonly detail!: string;
}

/** One fault of an invalid body. */
export class Fault {
  @ApiProperty({
    description: 'Where the fault is: "body", then field names and positions.',
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
  })
  readonly loc!: readonly (string | number)[];

  @ApiProperty({ description: 'What is wrong, for people.' })
  readonly msg!: string;

  @ApiProperty({ description: 'What is wrong, for programs.' })
  readonly type!: string;
}

/** The body of 422: every fault at once, never the submitted data. */
export class ValidationErrorResponse {
  @ApiProperty({ type: [Fault] })
  readonly detail!: readonly Fault[];
}
