import type { Layout } from '../layout/layout';

/** Rows worth trying: one number for each column, where the columns are still those of the request. */
export function observeSamples({ columns }: Layout, row: ArrayLike<number>): void {
  if (columns.length !== row.length) return;
  for (const [j, { source }] of columns.entries()) source?.samples.push(row[j]!);
}
