import { Injectable } from '@nestjs/common';

/** Whether the process is stopping: it is no longer ready then, but still serves. */
@Injectable()
export class Lifecycle {
  private stopped = false;

  get isStopping(): boolean {
    return this.stopped;
  }

  beginStop(): void {
    this.stopped = true;
  }
}
