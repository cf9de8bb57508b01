import { isIP } from 'node:net';
import { SettingValueError } from '../setting-value.error';

/**
 * A host name or an IP address, and nothing around it.
 * @throws SettingValueError that names what is too much
 */
export function parseHostName(text: string): string {
  if (isIP(text) !== 0) return text;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    throw new SettingValueError('Leave out the scheme, the port and the path');
  }
  const bracketed = /^\[(.*)\](:\d+)?$/.exec(text)?.[1];
  if (bracketed !== undefined && isIP(bracketed) === 6) {
    throw new SettingValueError(`Write ${bracketed}, without brackets and port`);
  }
  if (/^[^:]+:\d+$/.test(text)) {
    throw new SettingValueError('Leave out the port; it has a variable of its own');
  }
  // Underscores are not allowed in host names, but Compose services have them.
  const isName = /^(?!-)[\w-]{1,63}(\.[\w-]{1,63})*\.?$/.test(text) && text.length <= 253;
  // A number with dots that is no address: inet_aton would read 0.0.0 as one, and getaddrinfo with it.
  if (!isName || /^[\d.]+$/.test(text)) throw new SettingValueError();
  return text;
}
