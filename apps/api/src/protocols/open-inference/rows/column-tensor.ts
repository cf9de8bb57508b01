import type { ColumnSpec } from '@inferserve/model';
import { columnKind } from '@inferserve/model';
import type { Datatype } from '../tensors/datatypes';
import type { Element } from '../tensors/element';
import type { InputTensor } from '../tensors/tensor';

const HELD = { FP64: 'number', BOOL: 'boolean', BYTES: 'text' } as const;

/** Where the values of one column of a model are. */
export interface ColumnTensor {
  readonly data: ArrayLike<Element>;
  readonly offset: number;
  /** From one row to the next. */
  readonly stride: number;
  /** Position of the tensor among the inputs. */
  readonly input: number;
  /** Turns an element into the value of the column, where they differ. */
  readonly convert?: (element: Element) => Element;
}

/** Whether a column takes tensors of this type. */
export function takesDatatype(column: ColumnSpec, { holds }: Datatype): boolean {
  const kind = columnKind(column);
  const also = kind.alsoTakes?.(column);
  return HELD[kind.datatype(column)] === holds || (also !== undefined && HELD[also] === holds);
}

/** The tensor types that a column takes, for people. */
export function datatypesText(column: ColumnSpec): string {
  const kind = columnKind(column);
  const datatype = kind.datatype(column);
  if (datatype !== 'FP64') return datatype;
  return kind.alsoTakes?.(column)
    ? 'FP64, FP32, BOOL or an integer type'
    : 'FP64, FP32 or an integer type';
}

/** How text becomes the value of a column, where it is not the value itself. */
export function conversionOf(column: ColumnSpec, tensor: InputTensor): ColumnTensor['convert'] {
  if (tensor.datatype.name !== 'BYTES' || column.type !== 'category') return undefined;
  const { values, nullable = false } = column;
  const texts = new Map(values.map((known) => [String(known), known] as const));
  // Text is itself before it is how a number is written.
  for (const known of values) if (typeof known === 'string') texts.set(known, known);
  // Binary text cannot be missing, other than by being empty.
  const isMissing = (text: Element) => text === '' && nullable && !texts.has('');
  if (!nullable && values.every((known) => typeof known === 'string')) return undefined;
  return (element) => {
    if (isMissing(element)) return null;
    return (typeof element === 'string' ? texts.get(element) : undefined) ?? element;
  };
}
