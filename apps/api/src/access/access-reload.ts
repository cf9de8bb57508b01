import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { onSignal } from '../workers/on-signal';
import { ACCESS, type Access } from './access';

/** Reads the file of API keys again on SIGHUP; a file that cannot be used changes nothing. */
@Injectable()
export class AccessReload implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Access');
  private release?: () => void;

  constructor(@Inject(ACCESS) private readonly access: Access) {
    if (access === null) return;
    // Not later, for the start may wait for models and Redis.
    this.release = onSignal('SIGHUP', () => {
      try {
        access.reload();
        this.report(access.clientCount);
      } catch (error) {
        this.logger.error(`${(error as Error).message}. The API keys stay as they were`);
      }
    });
  }

  onModuleInit(): void {
    if (this.access !== null) this.report(this.access.clientCount);
  }

  onApplicationShutdown(): void {
    this.release?.();
  }

  private report(clients: number): void {
    if (clients > 0) this.logger.log(`API keys of ${clients} clients`);
    else this.logger.warn('API_KEYS_FILE holds no key: no key is accepted');
  }
}
