import type { Setting } from '../setting';
import { integer, type IntegerDescription } from './integer';

/** A setting that is written in whole seconds; its value is in milliseconds. */
export function seconds(variable: string, description: IntegerDescription): Setting<number> {
  const setting = integer(variable, description);
  return { ...setting, parse: (text) => setting.parse(text) * 1000 };
}
