import type { Setting, SettingDescription } from '../setting';
import { oneOf } from './one-of';

export interface FlagDescription extends SettingDescription {
  readonly default: boolean;
}

/** A setting that is `true` or `false`. */
export function flag(
  variable: string,
  { default: fallback, ...description }: FlagDescription,
): Setting<boolean> {
  const setting = oneOf(variable, {
    ...description,
    default: fallback ? 'true' : 'false',
    values: ['true', 'false'],
  });
  return { ...setting, parse: (text) => setting.parse(text) === 'true' };
}
