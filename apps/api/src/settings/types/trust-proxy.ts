import { compile } from 'proxy-addr';
import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

/** The trusted proxies as Express takes them: how many, or their addresses; `false` for none. */
export type TrustProxy = number | string[] | false;

/** A setting that says which proxies may state a client's address. proxy-addr, which reads it at run time, checks it. */
export function trustProxy(variable: string, description: SettingDescription): Setting<TrustProxy> {
  return {
    variable,
    ...description,
    form: 'a number of proxies, or addresses and networks such as 10.0.0.0/8,loopback',
    default: '',
    parse,
  };
}

function parse(text: string): TrustProxy {
  if (text === '') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text) || false;
  if (text.toLowerCase() === 'true') {
    throw new SettingValueError(
      'true would let every client choose its address: state how many proxies there are',
    );
  }
  const networks = text.split(',').map((part) => part.trim());
  // proxy-addr would take 100 for the address 0.0.0.100.
  if (networks.some((network) => /^\d+$/.test(network))) {
    throw new SettingValueError('A number stands alone, and is at most 99');
  }
  try {
    compile(networks);
  } catch (error) {
    throw new SettingValueError((error as Error).message, { cause: error });
  }
  return networks;
}
