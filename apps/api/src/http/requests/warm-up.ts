import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HttpAdapter } from '../http-adapter';

/** A request that a protocol gets often. */
export interface TypicalRequest {
  readonly path: string;
  readonly body: () => object;
  /** Undoes what the answers left behind, such as counts. */
  readonly after: () => void;
}

/** Until most of what runs has been compiled, and optimised once; a slow model gets fewer. */
const ROUNDS = 50;
const BUDGET_MS = 300;
const MAX_MS = 2_000;

/**
 * Sends typical requests through the application before its port opens, so that the first client does not wait
 * for code that runs for the first time. They are not limited, counted or logged.
 */
@Injectable()
export class WarmUp implements OnApplicationBootstrap {
  private readonly logger = new Logger('WarmUp');
  private readonly requests: TypicalRequest[] = [];
  private running = false;

  constructor(private readonly host: HttpAdapterHost<HttpAdapter>) {}

  /** Whether the requests that arrive now are those of the warm-up: before the port opens there are no others. */
  get isRunning(): boolean {
    return this.running;
  }

  /** Adds a request; call it in `onModuleInit`. */
  add(request: TypicalRequest): void {
    this.requests.push(request);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.running = true;
    for (const request of this.requests) {
      try {
        const end = performance.now() + BUDGET_MS;
        for (let round = 0; round < ROUNDS && performance.now() < end; round++) {
          await this.send(request);
        }
      } catch (error) {
        // The server works without it; what is really wrong shows in the first request.
        this.logger.warn(`The warm-up of ${request.path} failed: ${String(error)}`);
      }
      request.after();
    }
    this.running = false;
  }

  /** Not through a socket: instrumentation of Node's HTTP would see the request. */
  private async send({ path, body }: TypicalRequest): Promise<void> {
    const { httpAdapter } = this.host;
    const bytes = Buffer.from(JSON.stringify(body()));
    const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    const request = httpAdapter.createMessage(socket as Socket);
    Object.assign(request, { method: 'POST', url: path, httpVersion: '1.1', complete: true });
    request.headers = {
      host: 'localhost',
      'content-type': 'application/json',
      'content-length': String(bytes.length),
    };
    request.push(bytes);
    request.push(null);
    const response = httpAdapter.createResponse(request);
    response.assignSocket(socket as Socket);
    const bound = new AbortController();
    const timer = setTimeout(() => bound.abort(), MAX_MS);
    const finished = once(response, 'finish', { signal: bound.signal });
    httpAdapter.handle(request, response);
    await finished;
    clearTimeout(timer);
    // The server would do this for a response of its own.
    response.emit('close');
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
  }
}
