import { Get, Header } from '@nestjs/common';
import { ProbeController } from '../../http/requests/probe.decorator';
import { SERVER_VERSION } from '../../server-version';
import { VersionDocs } from './mlflow.decorators';

/** `GET /version`: the version of this server, where MLflow's gives its own. */
@ProbeController('version')
export class VersionController {
  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @VersionDocs()
  version(): string {
    return SERVER_VERSION;
  }
}
