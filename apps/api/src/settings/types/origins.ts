import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

/** A setting that is a list of origins as browsers send them, or `*` alone for all. */
export function origins(
  variable: string,
  description: SettingDescription,
): Setting<readonly string[]> {
  return {
    variable,
    ...description,
    form: 'origins such as https://app.example.com with commas between, or * for every origin',
    default: '',
    parse: (text) => {
      if (text === '') return [];
      const parts = text.split(',').map((part) => part.trim());
      if (text === '*') return parts;
      for (const part of parts) checkOrigin(part);
      return parts;
    },
  };
}

function checkOrigin(text: string): void {
  if (text === '') throw new SettingValueError('One of them is empty');
  if (text === '*') throw new SettingValueError('* stands alone');
  if (text === 'null') {
    throw new SettingValueError('null is the origin of every sandboxed page and cannot be allowed');
  }
  if (text.includes('*')) {
    throw new SettingValueError(`${text} is a pattern: list each origin in full`);
  }
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (!url?.host) throw new SettingValueError(`${text} is not an origin`);
  // Only http and https have an origin of their own in the URL standard; apps send scheme and host.
  const origin = url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  if (origin !== text) throw new SettingValueError(`Browsers send ${origin}, not ${text}`);
}
