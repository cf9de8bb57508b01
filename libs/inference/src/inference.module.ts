import { Module } from '@nestjs/common';
import { InferenceModuleClass } from './inference.module-definition';
import { InferenceService } from './inference.service';

/** Serves one verified model; its initialisation fails where the artifact cannot be trusted. */
@Module({ providers: [InferenceService], exports: [InferenceService] })
export class InferenceModule extends InferenceModuleClass {}
