import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

export interface ListOfDescription<T extends string> extends SettingDescription {
  readonly default: readonly NoInfer<T>[];
  readonly values: readonly T[];
}

/** A setting that is some of a few words with commas between; each counts once, in the order given. */
export function listOf<const T extends string>(
  variable: string,
  { values, default: fallback, ...description }: ListOfDescription<T>,
): Setting<readonly T[]> {
  return {
    variable,
    ...description,
    form: `some of ${values.join(', ')} with commas between`,
    default: fallback.join(','),
    parse: (text) => {
      const words = text.split(',').map((word) => word.trim());
      const known = words.map((word) => values.find((value) => value === word));
      const unknown = known.findIndex((value) => value === undefined);
      if (unknown >= 0) {
        throw new SettingValueError(
          words[unknown] === '' ? 'One of them is empty' : `${words[unknown]} is none of them`,
        );
      }
      return [...new Set(known as T[])];
    },
  };
}
