import type { GenericSchema } from 'valibot';
import type { DistributionForm } from '../distributions/distribution-form';
import type { Outside } from '../distributions/outside';
import type { Vector } from '../vector';

/** Why a value cannot be taken; holds nothing of the value itself. */
export interface ValueFault {
  /** A code for programs, such as `float_type`; docs/http-api.md lists them all. */
  readonly type: string;
  readonly message: string;
}

/** What every column of an artifact has. */
export interface ColumnBase {
  readonly type: string;
  readonly name: string;
  readonly description?: string | undefined;
}

/** A column bound to its positions in the input row of one model. */
export interface ColumnReader {
  /** Writes a JSON value into the row; `false`, and the row is void, where the column does not take it. */
  read(value: unknown): boolean;
  /** Why `read` refuses a value; `undefined` where it takes it. Rows that are faulty only pay for this. */
  fault(value: unknown): ValueFault | undefined;
}

/** JSON Schema of the values that a column takes, as OpenAPI 3.1 has it. */
export type ColumnJsonSchema = Readonly<Record<string, unknown>>;

/** A kind of input column: what a JSON value must be, and which numbers it becomes. */
export interface ColumnKind<Spec extends ColumnBase> {
  readonly type: Spec['type'];
  readonly schema: GenericSchema<unknown, Spec>;
  /** How many positions of the input row the column takes. */
  width(spec: Spec): number;
  /** Whether a row with this column can be long and mostly 0. */
  readonly sparse?: boolean;
  /** Binds the column to `row`, from position `offset` on. */
  compile(spec: Spec, row: Vector, offset: number): ColumnReader;
  /** The JSON value that a cell of a table means; one that the column refuses where it means none. */
  fromText(spec: Spec, text: string): unknown;
  jsonSchema(spec: Spec): ColumnJsonSchema;
  /** How the values of such a column are summed up and compared; `undefined` where they are not. */
  distribution(spec: Spec): DistributionForm | undefined;
  /**
   * Tells numbers of the input row that lie outside of what the column itself says of the training rows; absent, or
   * gives none, where it says nothing.
   */
  outside?(spec: Spec): ((value: number) => Outside | undefined) | undefined;
  /** Tensor type of the Open Inference Protocol. */
  datatype(spec: Spec): 'FP64' | 'BOOL' | 'BYTES';
  /** Another type whose values it takes as well, if any. */
  alsoTakes?(spec: Spec): 'BOOL' | undefined;
}
