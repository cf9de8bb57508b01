import type { ColumnReader } from '../columns/column-kind';
import { columnKind, type ColumnSpec } from '../columns/columns';
import { denseVector, sparseVector, type Vector } from '../vector';

/** The columns of a model bound to one input row, side by side. */
export interface BoundColumns {
  readonly input: Vector;
  readonly readers: readonly ColumnReader[];
  /** First position of each column in the input row. */
  readonly offsets: readonly number[];
}

/** Allocates an input row and binds the columns to it. */
export function bindColumns(columns: readonly ColumnSpec[]): BoundColumns {
  const kinds = columns.map((column) => columnKind(column));
  const widths = columns.map((column, i) => kinds[i]!.width(column));
  let width = 0;
  const offsets = widths.map((columnWidth) => (width += columnWidth) - columnWidth);
  const input = kinds.some((kind) => kind.sparse) ? sparseVector(width) : denseVector(width);
  const readers = columns.map((column, i) => kinds[i]!.compile(column, input, offsets[i]!));
  return { input, readers, offsets };
}
