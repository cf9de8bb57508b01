import { Module } from '@nestjs/common';
import { BodyLimits } from './body-limits';
import { JsonRowScorer } from './json-row.scorer';
import { LenientBodyReader } from './lenient-body.reader';
import { ModelFinder } from './model-finder';
import { RowScorer } from './row-scorer';

const PROVIDERS = [BodyLimits, JsonRowScorer, LenientBodyReader, ModelFinder, RowScorer];

/** What the protocols have in common beside HTTP. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class SharedProtocolModule {}
