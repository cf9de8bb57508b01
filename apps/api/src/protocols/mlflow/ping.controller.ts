import { Get, Header, UseFilters } from '@nestjs/common';
import { ReadinessService } from '../../health/readiness.service';
import { HttpErrorFilter } from '../../http/errors/http-error.filter';
import { ProblemException } from '../../http/errors/problem.exception';
import { ProbeController } from '../../http/requests/probe.decorator';
import { PingDocs } from './mlflow.decorators';
import { mlflowErrors } from './mlflow-errors';

/** `GET /ping`, MLflow's and SageMaker's probe: 200 with nothing but a line feed while the server is ready. */
@ProbeController('ping')
@UseFilters(new HttpErrorFilter(() => mlflowErrors))
export class PingController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @PingDocs()
  async ping(): Promise<string> {
    const { failing, details } = await this.readiness.check();
    if (failing.length > 0) throw new ProblemException({ kind: 'not_ready', failing, details });
    return '\n';
  }
}
