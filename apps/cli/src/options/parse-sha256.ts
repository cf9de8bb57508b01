import { InvalidArgumentError } from 'commander';

/** 64 hexadecimal digits, with or without `sha256:` before them. @throws InvalidArgumentError for anything else */
export function parseSha256(text: string): string {
  const digits = text.trim().replace(/^sha256:/i, '');
  if (/^[0-9a-f]{64}$/i.test(digits)) return digits;
  throw new InvalidArgumentError('Use 64 hexadecimal digits, as sha256sum prints them.');
}
