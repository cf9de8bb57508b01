import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

/** A setting that is the path of a URL, `undefined` where it is not set. */
export function optionalPath(
  variable: string,
  description: SettingDescription,
): Setting<string | undefined> {
  return {
    variable,
    ...description,
    form: 'a path such as /predict',
    default: '',
    parse: (text) => {
      if (text === '') return undefined;
      if (/^\/[\w.~:@!$&'()*+,;=%/-]*$/.test(text)) return text;
      throw new SettingValueError();
    },
  };
}
