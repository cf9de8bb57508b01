import { InvalidArgumentError } from 'commander';

/** A number from 0 to 1. @throws InvalidArgumentError for anything else */
export function parseShare(text: string): number {
  const share = text.trim() === '' ? NaN : Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('Use a number from 0 to 1, such as 0.9.');
}
