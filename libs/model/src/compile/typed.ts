/** Something of a kind that a table knows; which one, only the table has to ask. */
export interface Typed {
  readonly type: string;
}
