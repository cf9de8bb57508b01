/** What tables write where a value is missing; pandas reads each of these as missing. */
const MISSING = new Set(['', 'NaN', 'nan', 'NA', 'N/A', 'NULL', 'null', 'None']);

/** Whether the cell of a table stands for a missing value. */
export function isMissingText(text: string): boolean {
  return MISSING.has(text);
}
