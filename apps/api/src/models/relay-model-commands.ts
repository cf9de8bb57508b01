import cluster, { type Worker } from 'node:cluster';
import { CommandHistory } from './command-history';
import type { CommandOutcome, ModelCommand } from './model-command';
import type { ToPrimary, ToWorker } from './worker-messages';

/** A worker that does not answer sooner, or dies, is left out. */
const MAX_WAIT_MS = 30_000;

/**
 * In the primary: passes commands of one worker on to all, and SIGHUP as a command to update. A worker that starts
 * later is told what was loaded and unloaded before.
 */
export function relayModelCommands(): void {
  const collecting = new Map<number, (outcome: CommandOutcome) => void>();
  const history = new CommandHistory();
  let lastId = 0;

  const askAll = (command: ModelCommand): Promise<readonly CommandOutcome[]> =>
    new Promise((resolve) => {
      const workers = Object.values(cluster.workers ?? {}).filter((worker) =>
        worker?.isConnected(),
      );
      const outcomes: CommandOutcome[] = [];
      const id = (lastId += 1);
      const end = (): void => {
        clearTimeout(timer);
        collecting.delete(id);
        if (outcomes.some(({ isDone }) => isDone)) history.add(command);
        resolve(outcomes);
      };
      const timer = setTimeout(end, MAX_WAIT_MS);
      collecting.set(id, (outcome) => {
        if (outcomes.push(outcome) >= workers.length) end();
      });
      for (const worker of workers) worker?.send({ modelOrder: command, id } satisfies ToWorker);
    });

  cluster.on('message', (worker: Worker, message: Partial<ToPrimary>) => {
    const { modelOrder, modelOutcome, modelHistory, id = 0 } = message ?? {};
    const reply = (answer: ToWorker): void => {
      if (worker.isConnected()) worker.send(answer);
    };
    if (modelOutcome !== undefined) collecting.get(id)?.(modelOutcome);
    if (modelHistory) reply({ modelHistory: history.list(), id });
    if (modelOrder === undefined) return;
    void askAll(modelOrder).then((modelOutcomes) => reply({ modelOutcomes, id }));
  });
  if (!process.stdin.isTTY) process.on('SIGHUP', () => void askAll({ do: 'update' }));
}
