import type { Setting, SettingDescription } from '../setting';
import { byteSize } from './byte-size';

/** A setting that is a size, `undefined` where it is not set; its value is in bytes. */
export function optionalByteSize(
  variable: string,
  description: SettingDescription,
): Setting<number | undefined> {
  const size = byteSize(variable, { ...description, default: '' });
  return { ...size, parse: (text) => (text === '' ? undefined : size.parse(text)) };
}
