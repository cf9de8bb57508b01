import type { ToPrimary, ToWorker, Topic } from './messages';

/** In the environment of workers: the process id of the primary that started them. */
const VARIABLE = 'INFERSERVE_PRIMARY';

/** What the environment of a worker of this process has beside that of this process. */
export function workerVariables(): Readonly<Record<string, string>> {
  return { [VARIABLE]: String(process.pid) };
}

/** The process that started this one as one of its workers. */
export class Primary {
  /** Calls `listener` with what comes about a topic; returns what ends that. */
  listen(topic: Topic, listener: (message: ToWorker) => void): () => void {
    const onMessage = (message: Partial<ToWorker> | null): void => {
      if (message?.topic === topic) listener(message as ToWorker);
    };
    process.on('message', onMessage);
    return () => process.off('message', onMessage);
  }

  tell(message: ToPrimary): void {
    // Without the callback a primary that has just ended would be an uncaught error.
    if (process.connected) process.send?.(message, () => undefined);
  }
}

/**
 * The primary of this process; absent in one that is no worker, and in the worker of another program, such as PM2, whose
 * primary neither answers nor passes anything on.
 */
// oxlint-disable-next-line node/no-process-env -- it says who started this process, which is no setting
export const primary: Primary | undefined = startedBy(process.env[VARIABLE]);

function startedBy(pid: string | undefined): Primary | undefined {
  return pid === String(process.ppid) && process.connected ? new Primary() : undefined;
}
