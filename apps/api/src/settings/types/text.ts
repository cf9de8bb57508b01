import type { Setting, SettingDescription } from '../setting';

export interface TextDescription extends SettingDescription {
  readonly form: string;
  readonly default: string;
}

/** A setting whose text is its value. */
export function text(variable: string, description: TextDescription): Setting<string> {
  return { variable, ...description, parse: (value) => value };
}
