import { onSignal } from '../workers/on-signal';
import type { ModelCommands } from './model-commands';

/** From now on SIGHUP does not end this process; what it returns has it, also one that came meanwhile, look for new models. */
export function updateOnHangup(): (commands: ModelCommands) => void {
  let update: (() => void) | undefined;
  let isDue = false;
  onSignal('SIGHUP', () => {
    if (update) update();
    else isDue = true;
  });
  return (commands) => {
    update = () => void commands.run({ do: 'update' });
    if (isDue) update();
  };
}
