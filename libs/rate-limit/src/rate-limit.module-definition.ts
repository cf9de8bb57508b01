import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { RateLimitOptions } from './rate-limit-options';

export const {
  ConfigurableModuleClass: RateLimitModuleClass,
  MODULE_OPTIONS_TOKEN: RATE_LIMIT_OPTIONS,
} = new ConfigurableModuleBuilder<RateLimitOptions>().setClassMethodName('forRoot').build();
