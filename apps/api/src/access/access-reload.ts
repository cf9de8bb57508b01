import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { onReload } from '../reload-signal';
import { ACCESS, type Access } from './access';

/** Reads the file of API keys again on SIGHUP; a file that cannot be used changes nothing. */
@Injectable()
export class AccessReload implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Access');
  private release?: () => void;

  constructor(@Inject(ACCESS) private readonly access: Access) {}

  onModuleInit(): void {
    const { access } = this;
    if (access === null) return;
    this.report(access.clientCount);
    this.release = onReload(() => {
      try {
        access.reload();
        this.report(access.clientCount);
      } catch (error) {
        this.logger.error(`${(error as Error).message}. The API keys stay as they were`);
      }
    });
  }

  onApplicationShutdown(): void {
    this.release?.();
  }

  private report(clients: number): void {
    if (clients > 0) this.logger.log(`API keys of ${clients} clients`);
    else this.logger.warn('API_KEYS_FILE holds no key: no key is accepted');
  }
}
