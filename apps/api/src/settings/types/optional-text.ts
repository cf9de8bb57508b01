import type { Setting, SettingDescription } from '../setting';

export interface OptionalTextDescription extends SettingDescription {
  readonly form: string;
}

/** A setting whose text is its value, `undefined` where it is not set. */
export function optionalText(
  variable: string,
  description: OptionalTextDescription,
): Setting<string | undefined> {
  return { variable, ...description, default: '', parse: (value) => value || undefined };
}
