import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ModelUpdater } from '@inferserve/inference';
import type { Environment } from '../settings/environment';
import { environmentConfig } from '../settings/environment.config';

/** What is being copied into the store does not change for this long once it is complete. */
const SETTLE_MS = 250;

/** Looks for new models every MODEL_RELOAD_SECONDS. */
@Injectable()
export class ModelPoll implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private hasEnded = false;

  constructor(
    @Inject(environmentConfig.KEY) private readonly environment: Pick<Environment, 'modelReloadMs'>,
    private readonly updater: ModelUpdater,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.modelReloadMs > 0) this.schedule();
  }

  onModuleDestroy(): void {
    this.hasEnded = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.poll(), this.environment.modelReloadMs);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    await this.updater.poll(SETTLE_MS);
    if (!this.hasEnded) this.schedule();
  }
}
