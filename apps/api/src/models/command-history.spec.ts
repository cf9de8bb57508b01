import { CommandHistory } from './command-history';
import type { ModelCommand } from './model-command';

const load = (name: string, version?: string): ModelCommand => ({ do: 'load', name, version });
const unload = (name: string): ModelCommand => ({ do: 'unload', name });

test.each<[string, ModelCommand[], ModelCommand[]]>([
  ['only loads and unloads', [{ do: 'update' }, { do: 'report' }], []],
  ['versions beside each other', [load('a', '1'), load('a')], [load('a', '1'), load('a')]],
  ['the last of the same', [load('a'), load('b'), load('a')], [load('b'), load('a')]],
  ['nothing that was unloaded', [load('a', '1'), load('b'), unload('a')], [load('b'), unload('a')]],
  ['what came back', [unload('a'), load('a')], [unload('a'), load('a')]],
])('keeps %s', (_, commands, kept) => {
  const history = new CommandHistory();
  for (const command of commands) history.add(command);
  expect(history.list()).toEqual(kept);
});
