import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError for anything but a whole number from 0 to 65535 */
export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Use a whole number from 1 to 65535, or 0 for a free port.');
}
