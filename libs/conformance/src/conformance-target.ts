import type { Answer } from './answer';
import { CheckSkipped } from './check-skipped.error';
import type { ProtocolClient } from './protocol-client';
import type { JsonTensor, TensorDescription } from './tensors';

/** A request for inference, or what should be one. */
export interface InferBody {
  readonly [member: string]: unknown;
  readonly inputs: readonly object[];
}

/** The model of a server that the checks ask, and a row that it is known to answer. */
export class ConformanceTarget {
  readonly path: string;

  constructor(
    readonly client: ProtocolClient,
    readonly model: string,
    readonly version: string | undefined,
    readonly outputs: readonly TensorDescription[],
    private readonly row: readonly JsonTensor[],
  ) {
    this.path = `/v2/models/${encodeURIComponent(model)}`;
  }

  get(path: string): Promise<Answer> {
    return this.client.send('GET', path);
  }

  /** Asks for inference with a body that is sent as it is, as JSON unless the headers say otherwise. */
  infer(
    body: unknown,
    headers: Readonly<Record<string, string | number>> = { 'Content-Type': 'application/json' },
    path = `${this.path}/infer`,
  ): Promise<Answer> {
    const bytes = Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return this.client.send('POST', path, bytes, headers);
  }

  /** The inputs of the known row, so many times. */
  inputs(rows = 1): readonly JsonTensor[] {
    return this.row.map(({ shape, data, ...rest }) => ({
      ...rest,
      shape: [shape[0]! * rows, ...shape.slice(1)],
      data: Array.from({ length: rows }, () => data).flat(),
    }));
  }

  /** A request that the server answers. */
  request(rows = 1, more: object = {}): InferBody {
    return { ...more, inputs: this.inputs(rows) };
  }

  /** The same request with other members in its first input. */
  altered(more: object): InferBody {
    const [first, ...rest] = this.inputs();
    return { inputs: [{ ...first!, ...more }, ...rest] };
  }

  /** The first input. */
  get first(): JsonTensor {
    return this.row[0]!;
  }

  /** An input whose rows have several values. @throws CheckSkipped where there is none */
  get wide(): JsonTensor {
    const wide = this.row.find(({ shape }) => shape.length === 2 && shape[1]! >= 2);
    if (!wide) throw new CheckSkipped('no input has a shape [rows, columns] with several columns');
    return wide;
  }

  /** The request with `wide` in another form. */
  widened(more: object): InferBody {
    const { wide } = this;
    return {
      inputs: this.inputs().map((input) =>
        input.name === wide.name ? { ...input, ...more } : input,
      ),
    };
  }

  /** A numeric input. @throws CheckSkipped where there is none */
  get numeric(): JsonTensor {
    const numeric = this.row.find(({ datatype }) => /^(U?INT|FP)/.test(datatype));
    if (!numeric) throw new CheckSkipped('no input is numeric');
    return numeric;
  }

  /** The request with the numeric input in another form. */
  renumbered(more: object): InferBody {
    const { numeric } = this;
    return {
      inputs: this.inputs().map((input) =>
        input.name === numeric.name ? { ...input, ...more } : input,
      ),
    };
  }
}
