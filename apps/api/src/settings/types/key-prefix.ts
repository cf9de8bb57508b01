import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

export interface KeyPrefixDescription extends SettingDescription {
  readonly default: string;
}

/** A setting that is the first part of keys in Redis. */
export function keyPrefix(variable: string, description: KeyPrefixDescription): Setting<string> {
  return {
    variable,
    ...description,
    form: 'up to 64 letters, digits and . _ -',
    parse: (text) => {
      // No colon, which separates the parts of a key; no braces, which decide where a cluster keeps it; and
      // nothing that is a pattern in an ACL.
      if (!/^[\w.-]{1,64}$/.test(text)) throw new SettingValueError();
      return text;
    },
  };
}
