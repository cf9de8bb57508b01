import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';
import { parseHostName } from './host-name';

export interface ListenAddressDescription extends SettingDescription {
  readonly default: string;
}

/** A platform as compilers name it: conda and other tool chains export it as HOST. */
const TARGET_TRIPLET = /^(x86_64|aarch64|arm64|i\d86|armv\d\w*|p(ower)?pc64(le)?|s390x|riscv64)-\w/;

/** A setting that is an address of this machine to listen on. */
export function listenAddress(
  variable: string,
  description: ListenAddressDescription,
): Setting<string> {
  return {
    variable,
    ...description,
    form: 'an address of this machine such as 0.0.0.0, :: or 127.0.0.1, or a host name that resolves to one',
    parse: (text) => {
      if (TARGET_TRIPLET.test(text)) {
        throw new SettingValueError(
          `This is the name of a platform, which conda and compilers put into ${variable}: set ${variable}=${description.default} for this process`,
        );
      }
      return parseHostName(text);
    },
  };
}
