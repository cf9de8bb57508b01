import type { IncomingMessage, ServerResponse } from 'node:http';

const timings = new WeakMap<IncomingMessage, ServerTiming>();

/** The stages of one request in milliseconds, reported in the header Server-Timing (W3C). */
export class ServerTiming {
  private last = performance.now();
  private readonly stages: string[] = [];

  private constructor(private readonly response: ServerResponse) {}

  /** Starts to time a request. */
  static start(request: IncomingMessage, response: ServerResponse): void {
    timings.set(request, new ServerTiming(response));
  }

  /** Ends a stage of a request that is timed; else does nothing. */
  static end(request: IncomingMessage, stage: 'limit' | 'validate' | 'score'): void {
    timings.get(request)?.end(stage);
  }

  private end(stage: string): void {
    const now = performance.now();
    this.stages.push(`${stage};dur=${(now - this.last).toFixed(3)}`);
    this.last = now;
    this.response.setHeader('Server-Timing', this.stages.join(', '));
  }
}
