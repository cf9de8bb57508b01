import * as v from 'valibot';

/** The name of a column, as requests and files write it. */
export const columnName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(1024),
  v.notValue('__proto__', 'is a name that JSON bodies cannot use safely'),
);

/** Members that every column of an artifact may have, for the schema of a kind. */
export const columnEntries = {
  name: columnName,
  description: v.optional(v.string()),
  /** Whether `null` stands for a missing value; otherwise it is refused. */
  nullable: v.optional(v.boolean()),
} as const;
