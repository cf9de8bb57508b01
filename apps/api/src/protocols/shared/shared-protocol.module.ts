import { Module } from '@nestjs/common';
import { BodyLimits } from './body-limits';
import { ModelFinder } from './model-finder';

/** What the protocols have in common beside HTTP. */
@Module({ providers: [BodyLimits, ModelFinder], exports: [BodyLimits, ModelFinder] })
export class SharedProtocolModule {}
