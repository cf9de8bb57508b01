import { readFileSync } from 'node:fs';
import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

/** A setting that is the path of a file of certificates; its value is their text. */
export function pemFile(
  variable: string,
  description: SettingDescription,
): Setting<string | undefined> {
  return {
    variable,
    ...description,
    form: 'the path of a file with certificates in PEM form',
    default: '',
    parse: (path) => (path === '' ? undefined : readCertificates(path)),
  };
}

function readCertificates(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingValueError(`It cannot be read (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new SettingValueError('It holds no certificate');
  }
  return text;
}
