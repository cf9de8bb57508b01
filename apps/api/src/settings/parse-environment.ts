import type { Environment, ValuesOf } from './environment';
import { isSetting } from './flat-settings';
import { InvalidEnvironmentError } from './invalid-environment.error';
import { misspeltVariables } from './misspelt-variables';
import { isServiceLink } from './service-link';
import type { Setting } from './setting';
import { SETTING_RULES } from './setting-rules';
import { SettingValueError } from './setting-value.error';
import { SETTINGS } from './settings.table';

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The settings behind these variables; an empty variable counts as not set.
 * @param knownFaults faults that were found elsewhere, by variable, to be reported with the others
 * @throws InvalidEnvironmentError that names every bad variable at once
 */
export function parseEnvironment(
  variables: Variables,
  knownFaults: ReadonlyMap<string, string> = new Map(),
): Environment {
  const faults = new Map(knownFaults);
  const notices = misspeltVariables(variables);

  const valueOf = (setting: Setting<unknown>): unknown => {
    let text = textOf(setting, variables);
    if (isServiceLink(setting.variable, text)) {
      notices.push(
        `${setting.variable}="${text}" looks like a service link of Kubernetes and counts as not set. ` +
          `State ${setting.variable}, or set enableServiceLinks: false in the pod`,
      );
      text = '';
    }
    try {
      return setting.parse(text || setting.default);
    } catch (error) {
      if (!(error instanceof SettingValueError)) throw error;
      if (!faults.has(setting.variable))
        faults.set(setting.variable, faultOf(setting, text, error));
      return setting.parse(setting.default);
    }
  };
  const valuesOf = (table: object): object =>
    Object.fromEntries(
      Object.entries(table).map(([key, entry]) => [
        key,
        isSetting(entry) ? valueOf(entry) : valuesOf(entry),
      ]),
    );

  const values = valuesOf(SETTINGS) as ValuesOf<typeof SETTINGS>;
  const environment: Environment = { ...values, notices };
  for (const rule of SETTING_RULES) {
    if (rule.variables.some((variable) => faults.has(variable))) continue;
    const fault = rule.faultOf(environment);
    if (fault !== undefined) faults.set(rule.variables.join(), fault);
  }
  if (faults.size > 0) throw new InvalidEnvironmentError([...faults.values()]);
  return environment;
}

/** What is set: under the name of the setting, or else under that of a platform. */
function textOf({ variable, alsoFrom = [] }: Setting<unknown>, variables: Variables): string {
  const texts = [variable, ...alsoFrom].map((name) => variables[name]?.trim() ?? '');
  return texts.find((text) => text !== '') ?? '';
}

function faultOf(
  { variable, form, isSecret }: Setting<unknown>,
  text: string,
  error: Error,
): string {
  const shown = isSecret ? variable : `${variable}=${JSON.stringify(text.slice(0, 100))}`;
  const remedy = error.message === '' ? '' : `. ${error.message}`;
  return `${shown} must be ${form}${remedy}`;
}
