import { InvalidArgumentError } from 'commander';
import { checkIsPath } from '../files/check-is-path';

/** @throws InvalidArgumentError for an empty text, CommandError for an address */
export function parseDirectory(text: string): string {
  checkIsPath(text);
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Name a directory or leave the option out.');
}
