import { Global, Module } from '@nestjs/common';
import { AdminServer } from '../admin/admin-server';
import { RepositoryService } from '../admin/repository.service';
import { ModelCommands } from './model-commands';
import { ModelPoll } from './model-poll';
import { TrafficReports } from './traffic-reports';

/** How the models that are served change: by time, by signal, and by an operator's request. */
@Global()
@Module({
  providers: [ModelCommands, ModelPoll, TrafficReports, RepositoryService, AdminServer],
  exports: [ModelCommands, TrafficReports],
})
export class ModelUpdatesModule {}
