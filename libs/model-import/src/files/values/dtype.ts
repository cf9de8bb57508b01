/** The type of an array's elements: numpy's kind letter, the size of one element, and the byte order. */
export interface Dtype {
  /** `f` float, `i` integer, `u` unsigned, `b` bool, `U` text, `S` bytes, `O` object, `V` record, … */
  readonly kind: string;
  readonly bytes: number;
  readonly littleEndian: boolean;
  /** The members of a record (structured dtype) by name. */
  readonly fields?: ReadonlyMap<string, DtypeField>;
}

/** A member of a record, `offset` bytes after the record's start. */
export interface DtypeField {
  readonly dtype: Dtype;
  readonly offset: number;
}
