import { Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ProbeController } from '../http/requests/probe.decorator';
import { MetricsService } from './metrics.service';

/** `GET /metrics` in Prometheus' text format. */
@ApiExcludeController()
@ProbeController('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.read();
  }
}
