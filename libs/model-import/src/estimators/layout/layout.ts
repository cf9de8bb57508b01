import type { TransformSpec } from '@inferserve/model';
import type { CategoryValue, InputColumn } from './input-column';

/** One column of the table between two steps. */
export interface LayoutColumn {
  /** What the foreign library calls it, where that is known. */
  readonly name?: string | undefined;
  /** The column of the request whose value this still is (missing ones perhaps filled); absent for computed numbers. */
  readonly source?: InputColumn | undefined;
  /** What missing values have been filled with, where `source` still tells the value. */
  readonly fill?: CategoryValue | undefined;
  /** Columns of the request whose missing values arrive here as NaN. */
  readonly missing: readonly InputColumn[];
  /** How many positions of the row it takes: one, more for text, none for a column that nothing uses. */
  readonly width: number;
}

type Branches = Extract<TransformSpec, { type: 'branches' }>['branches'];
/** Positions of a row, as the transform `branches` takes them. */
export type Positions = Branches[number]['columns'];

/** The columns between two steps of a model, in order: what the next step gets. */
export class Layout {
  constructor(
    readonly columns: readonly LayoutColumn[],
    /** Whether the library has them in a sparse matrix here: some of its models take the zeros for missing. */
    readonly isSparse = false,
  ) {}

  /** The columns of a request, untouched; one that turned out to be of no use takes no position. */
  static ofInput(columns: readonly InputColumn[]): Layout {
    const isResolved = columns.some(({ spec }) => spec);
    return new Layout(
      columns.map((source) => ({
        name: source.name,
        source,
        missing: [source],
        width: isResolved && !source.spec ? 0 : source.width,
      })),
    );
  }

  /** Computed columns, without missing values, by their names where these are known. */
  static computed(names: readonly (string | undefined)[], isSparse = false): Layout {
    return new Layout(
      names.map((name) => ({ name, missing: [], width: 1 })),
      isSparse,
    );
  }

  static concat(parts: readonly Layout[]): Layout {
    return new Layout(parts.flatMap(({ columns }) => columns));
  }

  get length(): number {
    return this.columns.length;
  }

  /** How many positions the row has. */
  get width(): number {
    return this.columns.reduce((sum, { width }) => sum + width, 0);
  }

  get names(): (string | undefined)[] {
    return this.columns.map(({ name }) => name);
  }

  /** The columns at these places, in this order. */
  select(indices: readonly number[]): Layout {
    return new Layout(
      indices.map((index) => this.columns[index]!),
      this.isSparse,
    );
  }

  /** Where the columns at these places stand in the row. */
  positionsOf(indices: readonly number[]): Positions {
    const starts: number[] = [];
    let start = 0;
    for (const { width } of this.columns) {
      starts.push(start);
      start += width;
    }
    const positions = indices.flatMap((index) =>
      Array.from({ length: this.columns[index]!.width }, (_, i) => starts[index]! + i),
    );
    const [first = 0] = positions;
    const isRange = positions.length > 0 && positions.every((at, i) => at === first + i);
    return isRange ? { start: first, count: positions.length } : positions;
  }

  /** The same columns after a step that computes each from itself and keeps missing values. */
  transformed(): Layout {
    return new Layout(
      this.columns.map(({ name, missing, width }) => ({ name, missing, width })),
      this.isSparse,
    );
  }

  /** The same columns under the names that a part of a ColumnTransformer or FeatureUnion gives them: `part__column`. */
  prefixed(part: string): Layout {
    return new Layout(
      this.columns.map((column) => ({
        ...column,
        name: column.name === undefined ? undefined : `${part}__${column.name}`,
      })),
      this.isSparse,
    );
  }

  /** Arithmetic is done with every column. */
  useAsNumbers(magnitude?: number): void {
    for (const { source } of this.columns) source?.useAsNumber(magnitude);
  }

  /** The next step has no answer where a value is missing. */
  rejectMissing(): void {
    for (const { missing } of this.columns) for (const source of missing) source.rejectMissing();
  }
}
