import { EventEmitter } from 'node:events';
import { GroupMember } from './group-member';
import { primary } from './primary';

/** The signals that a primary passes on to its workers. */
export type PassedSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP';

const passedOn = new EventEmitter();
const member =
  primary &&
  new GroupMember<PassedSignal, void>(primary, 'signals', async (signal) => {
    passedOn.emit(signal, signal);
  });

/**
 * Calls `listener` on a signal; returns what ends that. A worker takes SIGINT and SIGHUP from its primary alone, for a
 * terminal sends them to all processes. SIGHUP of a terminal, which means that it is closed, keeps its effect.
 */
export function onSignal(
  signal: PassedSignal,
  listener: (signal: PassedSignal) => void,
): () => void {
  if (signal === 'SIGHUP' && process.stdin.isTTY) return () => undefined;
  const own = member && signal !== 'SIGTERM' ? (): void => undefined : listener;
  process.on(signal, own as (signal: NodeJS.Signals) => void);
  passedOn.on(signal, listener);
  void member?.join();
  return () => {
    process.off(signal, own as (signal: NodeJS.Signals) => void);
    passedOn.off(signal, listener);
  };
}
