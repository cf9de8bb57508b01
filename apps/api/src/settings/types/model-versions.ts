import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';
import { type ListedModel, parseListedModel } from './model-list';

/** A setting that lists models as `name@version`, each name once; empty where it is not set. */
export function modelVersions(
  variable: string,
  description: SettingDescription,
): Setting<readonly ListedModel[]> {
  return {
    variable,
    ...description,
    form: 'name@version, several with commas between',
    default: '',
    parse: (text) => {
      if (text === '') return [];
      const models = text.split(',').map((entry) => parseListedModel(entry.trim()));
      const unversioned = models.find(({ version }) => version === undefined);
      if (unversioned)
        throw new SettingValueError(`${unversioned.name} must have a version behind an @`);
      const names = models.map(({ name }) => name);
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      if (twice !== undefined) throw new SettingValueError(`${twice} is listed twice`);
      return models;
    },
  };
}
