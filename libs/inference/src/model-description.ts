import {
  type ColumnJsonSchema,
  type ColumnSpec,
  columnKind,
  type InputValue,
} from '@inferserve/model';

/** A column as documentation shows it. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: string;
  /** JSON Schema of its values, with an example. */
  readonly schema: ColumnJsonSchema;
  /** Tensor type of the Open Inference Protocol. */
  readonly datatype: string;
}

/** What a client has to know about the rows of a model. */
export interface ModelDescription {
  readonly columns: readonly ColumnDescription[];
  /** Upper estimate of the bytes of one row as JSON. */
  readonly rowBytes: number;
}

/** A number in full precision takes at most 24 bytes, and white space some more. */
const BYTES_PER_VALUE = 40;

/** Describes columns; `example` holds one value for each. */
export function describeColumns(
  columns: readonly ColumnSpec[],
  example: readonly InputValue[],
): ModelDescription {
  const described = columns.map((column, j): ColumnDescription => {
    const kind = columnKind(column);
    const schema = { ...kind.jsonSchema(column), example: example[j] };
    return { name: column.name, type: column.type, schema, datatype: kind.datatype(column) };
  });
  const rowBytes = described.reduce((sum, { name, schema }) => sum + bytesOf(name, schema), 2);
  return { columns: described, rowBytes };
}

function bytesOf(
  name: string,
  { example, enum: values = [], examples = [] }: ColumnJsonSchema,
): number {
  const possible = [example, ...(values as unknown[]), ...(examples as unknown[])];
  const longest = possible.reduce<number>((most, value) => Math.max(most, jsonBytes(value)), 0);
  return jsonBytes(name) + Math.max(BYTES_PER_VALUE, longest + 12);
}

/** Bytes of a value as JSON with every character beyond ASCII written as an escape. */
function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value) ?? '';
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) bytes += 5;
  return bytes;
}
