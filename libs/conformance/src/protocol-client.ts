import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Answer } from './answer';
import { ConformanceSetupError } from './conformance-setup.error';

const TIMEOUT_MS = 20_000;
const MAX_WAITS = 100;

export interface ProtocolClientOptions {
  /** Longest `Retry-After` of a 429 to wait for, in seconds; 0 does not wait. */
  readonly maxWaitSeconds: number;
}

type Headers = Readonly<Record<string, string | number>>;

/** Sends requests exactly as they are given: no header of its own but Host and Content-Length. */
export class ProtocolClient {
  private readonly base: URL;
  private readonly agent: http.Agent;
  private readonly transport: typeof http | typeof https;

  /** @param url of the server; a path is put in front of every request's */
  constructor(
    url: string,
    private readonly options: ProtocolClientOptions = { maxWaitSeconds: 0 },
  ) {
    this.base = new URL(url.endsWith('/') ? url.slice(0, -1) : url);
    this.transport = this.base.protocol === 'https:' ? https : http;
    this.agent = new this.transport.Agent({ keepAlive: true, maxSockets: 4 });
  }

  /** Asks once more after a refusal for the rate, if waiting is allowed. */
  async send(method: string, path: string, body?: Buffer, headers: Headers = {}): Promise<Answer> {
    for (let waits = 0; ; waits++) {
      const answer = await this.once(method, path, body, headers);
      if (answer.status !== 429) return answer;
      const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
      if (!(seconds <= this.options.maxWaitSeconds) || waits >= MAX_WAITS) {
        throw new ConformanceSetupError(
          'the server limits how often it may be asked (429). Raise its limit for this run, or wait for it with --wait',
        );
      }
      await sleep(seconds * 1000);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private once(
    method: string,
    path: string,
    body: Buffer | undefined,
    headers: Headers,
  ): Promise<Answer> {
    const prefix = this.base.pathname === '/' ? '' : this.base.pathname;
    return new Promise((resolve, reject) => {
      const request = this.transport.request(
        {
          protocol: this.base.protocol,
          host: this.base.hostname.replace(/^\[|\]$/g, ''),
          port: this.base.port,
          method,
          path: prefix + path,
          headers: { ...(body && { 'Content-Length': body.length }), ...headers },
          agent: this.agent,
          timeout: TIMEOUT_MS,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const bytes = Buffer.concat(chunks);
            resolve(new Answer(`${method} ${path}`, response.statusCode!, response.headers, bytes));
          });
        },
      );
      request.on('timeout', () =>
        request.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)),
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}
