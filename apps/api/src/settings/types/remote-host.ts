import type { Setting, SettingDescription } from '../setting';
import { parseHostName } from './host-name';

/** A setting that names another machine; empty where there is none. */
export function remoteHost(variable: string, description: SettingDescription): Setting<string> {
  return {
    variable,
    ...description,
    form: 'a host name or an address',
    default: '',
    parse: (text) => (text === '' ? '' : parseHostName(text)),
  };
}
