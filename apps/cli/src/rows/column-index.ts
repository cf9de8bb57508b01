import { CommandError } from '../command.error';

const MAX_LISTED = 20;

/**
 * Position of the column called exactly `name`: names that differ by a space are different columns.
 * @param hint a sentence for the message where there is no such column, or an empty text
 * @param labelAt position of the column with the classes, which is no feature
 * @throws CommandError where there is none or more than one
 */
export function columnIndex(
  columns: readonly string[],
  name: string,
  hint: string,
  labelAt?: number,
): number {
  const positions = [...columns.keys()].filter((at) => columns[at] === name && at !== labelAt);
  if (positions.length === 1) return positions[0]!;
  if (positions.length > 1) {
    throw new CommandError(
      `line 1: ${positions.length} columns are called "${name}". Rename or remove the others.`,
    );
  }
  const rest = columns.length - MAX_LISTED;
  const shown = columns.slice(0, MAX_LISTED).map((column) => `"${column}"`);
  throw new CommandError(
    `line 1: there is no column "${name}" among ${shown.join(', ')}${rest > 0 ? `, … (${rest} more)` : ''}` +
      `${labelAt === undefined ? '' : ` (the classes are taken from "${columns[labelAt]}"; use --label to name another column)`}.` +
      (hint || similarColumn(columns, name)),
  );
}

/** A sentence that points at a column which looks the same; empty where there is none. */
function similarColumn(columns: readonly string[], name: string): string {
  const spaced = columns.find((column) => column.trim() === name.trim());
  if (spaced !== undefined && spaced !== name) {
    return ` "${spaced}" differs from it in the spaces around the name: rename the column.`;
  }
  const composed = columns.find((column) => column.normalize() === name.normalize());
  return composed === undefined || composed === name
    ? ''
    : ` "${composed}" looks the same but consists of other Unicode characters: rename the column.`;
}
