import type { Request, Response } from 'express';

const timings = new WeakMap<Request, ServerTiming>();

/** The stages of one request in milliseconds, told in the header Server-Timing (W3C). */
export class ServerTiming {
  private last = performance.now();
  private readonly stages: string[] = [];

  private constructor(private readonly response: Response) {}

  /** Starts to time a request. */
  static start(request: Request, response: Response): void {
    timings.set(request, new ServerTiming(response));
  }

  /** Ends a stage of a request that is timed; else does nothing. */
  static end(request: Request, stage: 'limit' | 'validate' | 'score'): void {
    timings.get(request)?.end(stage);
  }

  private end(stage: string): void {
    const now = performance.now();
    this.stages.push(`${stage};dur=${(now - this.last).toFixed(3)}`);
    this.last = now;
    this.response.setHeader('Server-Timing', this.stages.join(', '));
  }
}
