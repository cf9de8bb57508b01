import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller';
import { Lifecycle } from './lifecycle';
import { ReadinessService } from './readiness.service';

/** The probes, and whether the process is about to stop. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Lifecycle, ReadinessService],
  exports: [Lifecycle, ReadinessService],
})
export class HealthModule {}
