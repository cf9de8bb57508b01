import { createHash } from 'node:crypto';
import type { Dataset } from './dataset';

/** What `datasetDigest` hashes, in words; for Iris it is the file `iris.csv` that scikit-learn ships. */
export const CANONICAL_FORM =
  'CSV, LF after each line: rows, features and the classes; then each row with its class index, integers as "5.0"';

/** `sha256:` and the hex digest of the data in the canonical form. */
export function datasetDigest({ rows, labels, features, classes }: Dataset): string {
  const lines = [
    [rows.length, features.length, ...classes],
    ...rows.map((row, i) => [...row.map(asDecimal), labels[i]]),
  ];
  const text = lines.map((fields) => `${fields.join(',')}\n`).join('');
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function asDecimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
