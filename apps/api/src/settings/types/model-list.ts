import { isModelName, MODEL_NAME_RULE } from '@inferserve/model-store';
import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

/** A model by name, in a version where one is given. */
export interface ListedModel {
  readonly name: string;
  readonly version?: string;
}

/** A setting that lists models as `name` or `name@version`, or is `*` for all of them. */
export function modelList(
  variable: string,
  description: SettingDescription,
): Setting<readonly ListedModel[] | '*' | undefined> {
  return {
    variable,
    ...description,
    form: 'names with commas between, each with @version where one is wanted, or *',
    default: '',
    parse: (text) => {
      if (text === '') return undefined;
      if (text === '*') return '*';
      const entries = text.split(',').map((entry) => entry.trim());
      const twice = entries.find((entry, i) => entries.indexOf(entry) !== i);
      if (twice !== undefined) throw new SettingValueError(`${twice} is listed twice`);
      return entries.map(parseListedModel);
    },
  };
}

/** @throws SettingValueError for what is neither `name` nor `name@version` */
export function parseListedModel(text: string): ListedModel {
  const [name = '', version, ...more] = text.split('@');
  if (!isModelName(name)) {
    throw new SettingValueError(`"${name}" is not the name of a model. ${MODEL_NAME_RULE}`);
  }
  if (version === undefined) return { name };
  if (version === '' || more.length > 0) {
    throw new SettingValueError(`"${text}" must have one version behind one @`);
  }
  return { name, version };
}
