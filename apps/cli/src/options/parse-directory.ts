import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError for an empty text */
export function parseDirectory(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Name a directory or leave the option out.');
}
