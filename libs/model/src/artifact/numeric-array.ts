import * as v from 'valibot';

const CONSTRUCTORS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
} as const;

type Dtype = keyof typeof CONSTRUCTORS;
type TypedArray = InstanceType<(typeof CONSTRUCTORS)[Dtype]>;

/** Arrays of at most this many numbers stay readable in an artifact. */
const MAX_READABLE = 256;

const finiteNumber = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A large array: little-endian bytes in base64, in row-major order. */
const packedSchema = v.pipe(
  v.strictObject({
    dtype: v.picklist(Object.keys(CONSTRUCTORS) as Dtype[]),
    shape: v.pipe(v.array(count), v.minLength(1), v.maxLength(2), v.readonly()),
    data: v.string(),
  }),
  v.check(
    ({ dtype, shape, data }) =>
      Buffer.byteLength(data, 'base64') === sizeOf(shape) * CONSTRUCTORS[dtype].BYTES_PER_ELEMENT,
    'has another number of bytes than its shape and dtype say',
  ),
);

const listSchema = v.pipe(v.array(finiteNumber), v.readonly());

/** Numbers: a list, or packed with a shape of one dimension. */
export const numericArraySchema = v.union([listSchema, packedSchema]);
/** Rows of numbers, all of one length: lists, or packed with a shape of two dimensions. */
export const matrixSchema = v.union([v.pipe(v.array(listSchema), v.readonly()), packedSchema]);

export type PackedArray = v.InferOutput<typeof packedSchema>;
export type NumericArray = v.InferOutput<typeof numericArraySchema>;
export type Matrix = v.InferOutput<typeof matrixSchema>;

/**
 * The array as an artifact holds it: readable where it is short and JSON has its numbers, else packed in the
 * dtype of `values`.
 */
export function packArray(values: ArrayLike<number>): NumericArray {
  const list = values.length <= MAX_READABLE ? Array.from(values) : undefined;
  return list?.every(Number.isFinite) ? list : pack(values, [values.length]);
}

/** The same for `rows × columns` numbers in row-major order. */
export function packMatrix(values: ArrayLike<number>, columns: number): Matrix {
  const rows = columns === 0 ? 0 : values.length / columns;
  const flat = values.length <= MAX_READABLE ? Array.from(values) : undefined;
  if (!flat?.every(Number.isFinite)) return pack(values, [rows, columns]);
  return Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns));
}

/** How many numbers an array holds. */
export function arrayLength(array: NumericArray): number {
  return isPacked(array) ? sizeOf(array.shape) : array.length;
}

/** `[rows, columns]` of a matrix, or `undefined` where its rows differ in length. */
export function matrixShape(matrix: Matrix): readonly [rows: number, columns: number] | undefined {
  if (isPacked(matrix)) {
    const [rows, columns] = matrix.shape;
    return columns === undefined ? undefined : [rows!, columns];
  }
  const columns = matrix[0]?.length ?? 0;
  return matrix.every((row) => row.length === columns) ? [matrix.length, columns] : undefined;
}

/** The numbers of an array or matrix as doubles, row by row; packed ones may hold NaN and infinities. */
export function float64Values(array: NumericArray | Matrix): Float64Array {
  if (!isPacked(array)) return Float64Array.from((array as readonly (number | number[])[]).flat());
  const values = unpack(array);
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** The numbers of an array as 32-bit integers; fractions and numbers beyond 32 bits are cut off. */
export function int32Values(array: NumericArray): Int32Array {
  const values = isPacked(array) ? unpack(array) : array;
  return values instanceof Int32Array ? values : Int32Array.from(values);
}

function isPacked(array: NumericArray | Matrix): array is PackedArray {
  return !Array.isArray(array);
}

function pack(values: ArrayLike<number>, shape: readonly number[]): PackedArray {
  const typed = ArrayBuffer.isView(values) ? (values as TypedArray) : Float64Array.from(values);
  const dtype = (Object.keys(CONSTRUCTORS) as Dtype[]).find(
    (name) => typed.constructor.name === CONSTRUCTORS[name].name,
  );
  if (dtype === undefined) throw new TypeError(`${typed.constructor.name} cannot be packed`);
  const bytes = Buffer.from(typed.buffer, typed.byteOffset, typed.byteLength);
  return { dtype, shape, data: bytes.toString('base64') };
}

function unpack({ dtype, shape, data }: PackedArray): TypedArray {
  const bytes = Buffer.from(data, 'base64');
  // Copied, because a pooled buffer need not be aligned to the element size.
  const { buffer } = Uint8Array.from(bytes);
  return new CONSTRUCTORS[dtype](buffer, 0, sizeOf(shape));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
