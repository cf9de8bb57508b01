import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

export interface ByteSizeDescription extends SettingDescription {
  readonly default: string;
}

const BYTES_PER_UNIT = new Map([
  ['b', 1],
  ['kb', 1024],
  ['mb', 1024 ** 2],
]);
const MAX_BYTES = 64 * 1024 ** 2;

/** A setting that is a size, `512`, `16kb` or `1mb`; its value is in bytes. */
export function byteSize(variable: string, description: ByteSizeDescription): Setting<number> {
  return {
    variable,
    ...description,
    form: 'a size such as 16kb or 1mb, at most 64mb',
    parse: (text) => {
      const [, digits, unit = 'b'] = /^(\d{1,9})(b|kb|mb)?$/i.exec(text) ?? [];
      const bytes = Number(digits) * (BYTES_PER_UNIT.get(unit.toLowerCase()) ?? Number.NaN);
      if (!(bytes >= 1 && bytes <= MAX_BYTES)) throw new SettingValueError();
      return bytes;
    },
  };
}
