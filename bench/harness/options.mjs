import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const BENCH = fileURLToPath(new URL('../', import.meta.url));
export const ROOT = resolve(BENCH, '..');

/** What every program of this folder takes: the Node of the servers, where the server under test is built, … */
const COMMON = {
  node: { type: 'string', default: process.execPath },
  app: { type: 'string', default: ROOT },
  connections: { type: 'string', default: '64' },
};

/** The options of the command line by name; those with a number as default are numbers. */
export function readOptions(options) {
  const all = { ...COMMON, ...options };
  const { values } = parseArgs({ options: all });
  const read = Object.entries(values).map(([name, value]) => {
    const isNumber = Number.isFinite(Number.parseFloat(all[name].default));
    if (!isNumber) return [name, value];
    const number = Number(value);
    if (!(number > 0)) throw new Error(`--${name} must be a number above 0, not "${value}"`);
    return [name, number];
  });
  return { ...Object.fromEntries(read), app: resolve(values.app) };
}

/** Those of a list that `--only a,b` names, in the order of the list. */
export function only(list, ids) {
  if (ids === undefined) return list;
  const wanted = ids.split(',');
  const unknown = wanted.filter((id) => !list.some((each) => each.id === id));
  if (unknown.length === 0) return list.filter(({ id }) => wanted.includes(id));
  throw new Error(`--only knows ${list.map(({ id }) => id).join(', ')}; not ${unknown.join(', ')}`);
}
