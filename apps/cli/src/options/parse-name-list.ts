import { InvalidArgumentError } from 'commander';
import { parse } from 'csv-parse/sync';

/**
 * Names separated by commas. Spaces around a name do not count; a name with a comma or with spaces at its ends is
 * put in double quotes.
 * @throws InvalidArgumentError for an empty name
 */
export function parseNameList(text: string): string[] {
  const [names = [], ...more] = rowsOf(text);
  if (names.length > 0 && more.length === 0 && !names.includes('')) return names;
  throw new InvalidArgumentError('It has an empty name. Separate the names with single commas.');
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, { trim: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new InvalidArgumentError(`${message}. Put a name with a comma in double quotes.`);
  }
}
