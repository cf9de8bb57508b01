import type { ServedModel } from '@inferserve/inference';

/** The rows of a body as JSON.parse gives them, or as a table. */
export type RowList = readonly unknown[] | RowTable;

export function isRowList(value: unknown): value is RowList {
  return Array.isArray(value) || value instanceof RowTable;
}

/** Rows of values that are no lists or objects, all of the same layout; none of them is an object until it is asked for. */
export class RowTable {
  /** Number of rows. */
  readonly length: number;
  private model?: ServedModel;
  /** Where in a row the values of the columns of `model` stand; absent where the rows have other columns. */
  private places?: readonly number[];
  private row: unknown[] = [];

  /**
   * @param width number of values in a row
   * @param names of these values, each once; absent where the rows are lists
   * @param numbers `length × width` values, row by row; NaN for what is not a number
   * @param others in their places, what are no numbers; absent where there are none
   */
  constructor(
    private readonly width: number,
    private readonly names: readonly string[] | undefined,
    private readonly numbers: Float64Array,
    private readonly others: readonly unknown[] | undefined,
  ) {
    this.length = numbers.length / width;
  }

  /** Whether the rows are objects, not lists. */
  get hasNames(): boolean {
    return this.names !== undefined;
  }

  /** A row as JSON.parse gives it; `undefined` where there is none. */
  at(index: number): unknown {
    if (index >= this.length) return undefined;
    const values = Array.from({ length: this.width }, (_, i) => this.value(index * this.width + i));
    return this.names ? Object.fromEntries(this.names.map((name, i) => [name, values[i]])) : values;
  }

  /** Has `model` read a row; `false` where it has other columns than those of the model, or a value is faulty. */
  read(model: ServedModel, index: number): boolean {
    if (model !== this.model) {
      this.model = model;
      this.places = this.placesOf(model);
      this.row = model.columnNames.map(() => 0);
    }
    const { places, row } = this;
    if (!places) return false;
    const start = index * this.width;
    for (let i = 0; i < places.length; i++) row[i] = this.value(start + places[i]!);
    return model.readValues(row);
  }

  private value(place: number): unknown {
    const number = this.numbers[place]!;
    return Number.isNaN(number) ? this.others![place] : number;
  }

  private placesOf({ columnNames, unusedNames }: ServedModel): readonly number[] | undefined {
    const names = this.names ?? columnNames;
    const placeOf = new Map(names.map((name, place) => [name, place]));
    const places = columnNames.map((name) => placeOf.get(name) ?? -1);
    const unused = names.filter((name) => unusedNames.has(name)).length;
    return places.includes(-1) || places.length + unused !== this.width ? undefined : places;
  }
}
