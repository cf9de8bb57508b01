import { ConformanceFailure } from './conformance-failure.error';

/** What a server answered. */
export class Answer {
  constructor(
    /** The method and path that were asked for. */
    readonly asked: string,
    readonly status: number,
    readonly headers: Readonly<Record<string, string | string[] | undefined>>,
    readonly bytes: Buffer,
  ) {}

  /** The body as a JSON object. @throws ConformanceFailure where it is none */
  get json(): Readonly<Record<string, unknown>> {
    return this.parse(this.bytes);
  }

  /** The JSON in front of binary data, and that data. */
  get parts(): {
    readonly json: Readonly<Record<string, unknown>>;
    readonly binary: Buffer | undefined;
  } {
    const header = this.headers['inference-header-content-length'];
    if (header === undefined) return { json: this.json, binary: undefined };
    const length = Number(header);
    if (!Number.isInteger(length) || length < 0 || length > this.bytes.length) {
      throw new ConformanceFailure(
        `${this.asked}: Inference-Header-Content-Length is "${String(header)}", the body has ${this.bytes.length} bytes`,
      );
    }
    return {
      json: this.parse(this.bytes.subarray(0, length)),
      binary: this.bytes.subarray(length),
    };
  }

  private parse(bytes: Buffer): Readonly<Record<string, unknown>> {
    try {
      const value = JSON.parse(bytes.toString('utf8')) as unknown;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return value as Record<string, unknown>;
      }
    } catch {
      // Reported below.
    }
    const shown = bytes.toString('utf8').slice(0, 80);
    throw new ConformanceFailure(
      `${this.asked}: the body is no JSON object (status ${this.status}): ${JSON.stringify(shown)}`,
    );
  }
}
