/** One value of a tensor; `null` is a missing one. */
export type Element = number | string | boolean | null;
