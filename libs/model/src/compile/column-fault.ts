import type { ValueFault } from '../columns/column-kind';

/** A value that its column does not take. */
export interface ColumnFault extends ValueFault {
  readonly column: string;
}
