import { Injectable } from '@nestjs/common';

/** Whether the process has been told to stop: from then on it is not ready, though it still serves. */
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
