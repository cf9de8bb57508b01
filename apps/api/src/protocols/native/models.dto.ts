import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

/** A model that is served, in one version. */
export class ModelSummary {
  @ApiProperty()
  readonly name!: string;

  @ApiProperty()
  readonly version!: string;

  @ApiProperty({ enum: ['classification', 'regression'] })
  readonly task!: string;

  @ApiProperty({ description: 'Whether it answers `/predict`' })
  readonly default!: boolean;

  @ApiProperty({ description: 'SHA-256 of the artifact, the same wherever it is served' })
  readonly content_hash!: string;
}

/** A model that was asked for and cannot be loaded as asked. */
export class UnavailableModel {
  @ApiProperty()
  readonly name!: string;

  @ApiPropertyOptional({ description: 'The version that was asked for, if any' })
  readonly version?: string;

  @ApiProperty()
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'The version that goes on serving in its place, if any' })
  readonly served_version?: string;
}

/** The worker processes that share the port. */
export class ModelWorkers {
  @ApiProperty()
  readonly count!: number;

  @ApiProperty({ description: 'Whether they serve different models at the moment' })
  readonly differ!: boolean;
}

/** The answer to `GET /models`. */
export class ModelList {
  @ApiProperty({ type: [ModelSummary] })
  readonly models!: readonly ModelSummary[];

  @ApiProperty({ description: 'Models that cannot be loaded', type: [UnavailableModel] })
  readonly problems!: readonly UnavailableModel[];

  @ApiPropertyOptional({ description: 'With WEB_CONCURRENCY above 1', type: ModelWorkers })
  readonly workers?: ModelWorkers;
}

/** Versions of a model. */
export class ModelVersions {
  @ApiProperty({ description: 'Versions that are served', type: [String] })
  readonly loaded!: readonly string[];

  @ApiPropertyOptional({
    description: 'Versions that the store holds, oldest first; absent where it cannot be read',
    type: [String],
  })
  readonly available?: readonly string[];
}

/** The answer to `GET /models/{name}`. */
export class ModelDetails extends ModelSummary {
  @ApiPropertyOptional()
  readonly description?: string;

  @ApiPropertyOptional({ description: 'When the artifact was made' })
  readonly created_at?: string;

  @ApiProperty({
    description: 'What a row must hold: for each column its type, and its range or values',
    type: 'array',
    items: ANY_OBJECT,
  })
  readonly columns!: readonly object[];

  @ApiPropertyOptional({
    description: 'What a row may hold besides: the model was fitted on it and does not use it',
    type: [String],
  })
  readonly unused_columns?: readonly string[];

  @ApiPropertyOptional({
    description: 'The classes of a classifier',
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }] },
  })
  readonly classes?: readonly (string | number | boolean)[];

  @ApiProperty({ description: 'Whether `include=probabilities` is possible' })
  readonly has_probabilities!: boolean;

  @ApiProperty({ description: 'What the model computes, in words', ...ANY_OBJECT })
  readonly steps!: object;

  @ApiProperty({ description: 'A row, and what the model answers to it', ...ANY_OBJECT })
  readonly example!: object;

  @ApiPropertyOptional({
    description:
      'Figures by set of rows: those of the training, and as `check` those of `--check`; `pairs` are true values with the answers to them',
    ...ANY_OBJECT,
  })
  readonly metrics?: object;

  @ApiPropertyOptional({
    description:
      'How the training rows are distributed: for each column, and for the predictions, quantiles or the share of each value',
    ...ANY_OBJECT,
  })
  readonly baseline?: object;

  @ApiProperty({ description: 'Where the model comes from', ...ANY_OBJECT })
  readonly provenance!: object;

  @ApiPropertyOptional({
    description:
      'How the rows of the last hour compare with the baseline: for each column, and for the predictions, the population stability index and the rows outside of the training rows',
    ...ANY_OBJECT,
  })
  readonly traffic?: object;

  @ApiProperty()
  readonly versions!: ModelVersions;

  @ApiPropertyOptional({ description: 'Why a newer version is not served', type: UnavailableModel })
  readonly problem?: UnavailableModel;
}
