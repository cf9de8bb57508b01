import type { InputTensor } from '../tensors/tensor';

/** An output that a request asks for. */
export interface RequestedOutput {
  readonly name: string;
  readonly isBinary: boolean;
  /** With the classification extension: so many classes with the highest values, as text. */
  readonly classCount?: number;
}

/** A checked request of the Open Inference Protocol; what it says of a model is not checked yet. */
export interface InferRequest {
  readonly id?: string;
  readonly inputs: readonly InputTensor[];
  /** Absent where the request names none: then all are wanted, binary or not. */
  readonly outputs?: readonly RequestedOutput[];
  readonly isBinaryByDefault: boolean;
}
