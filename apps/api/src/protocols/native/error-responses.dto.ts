import { ApiProperty } from '@nestjs/swagger';

/** The body of every error except invalid input. */
export class ErrorResponse {
  @ApiProperty({ description: 'What went wrong, in one sentence.' })
  readonly detail!: string;
}

/** One fault of an invalid body. */
export class Fault {
  @ApiProperty({
    description: 'Path to the fault: "body" or "query", then field names and positions.',
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
  })
  readonly loc!: readonly (string | number)[];

  @ApiProperty({ description: 'What is wrong, for people.' })
  readonly msg!: string;

  @ApiProperty({
    description:
      'What is wrong, for programs. Of the request: `json_invalid`, `duplicate_key`, `enum`, `unavailable`. ' +
      'Of a list or row: `object_type`, `list_type`, `too_long`, `unscorable_row`, `too_many_faults`. ' +
      'Of a field: `missing`, `extra_forbidden`, `float_type`, `finite_number`, `number_too_large`, ' +
      '`bool_type`, `string_type`, `category_type`, `unknown_category`.',
  })
  readonly type!: string;
}

/** The body of 422: every fault at once, never the submitted data. */
export class ValidationErrorResponse {
  @ApiProperty({ type: [Fault] })
  readonly detail!: readonly Fault[];
}
