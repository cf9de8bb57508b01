import cluster, { type Worker } from 'node:cluster';
import type { Round, ToPrimary, ToWorker, Topic } from './messages';

interface OpenRound<Answer> {
  readonly waiting: Set<Worker>;
  readonly answers: Answer[];
  readonly end: () => void;
}

/**
 * In the primary: the workers that take part in a topic. What one of them asks goes to all of them, and all answers go
 * back. A worker takes part from when it says that it listens, and is told then what it missed, until it ends: Node gives
 * a message that comes before there is a listener to nobody.
 */
export class WorkerGroup<Question, Answer> {
  private readonly members = new Set<Worker>();
  private readonly rounds = new Map<number, OpenRound<Answer>>();
  private lastId = 0;

  constructor(
    private readonly topic: Topic,
    /** A member that has not answered by then is left out. */
    private readonly maxWaitMs: number,
  ) {
    cluster.on('message', (worker: Worker, message: { topic?: string } | null) => {
      if (message?.topic === topic) {
        this.receive(worker, message as ToPrimary<Question, Answer>);
      }
    });
    for (const event of ['disconnect', 'exit'] as const) {
      cluster.on(event, (worker: Worker) => this.leave(worker));
    }
  }

  /** Resolves once every member has answered or ended, or the time is up. */
  ask(question: Question): Promise<Round<Answer>> {
    return new Promise((resolve) => {
      const id = (this.lastId += 1);
      const waiting = new Set(this.members);
      const answers: Answer[] = [];
      const end = (): void => {
        clearTimeout(timer);
        this.rounds.delete(id);
        resolve({ answers, silent: waiting.size });
      };
      const timer = setTimeout(end, this.maxWaitMs);
      this.rounds.set(id, { waiting, answers, end });
      for (const worker of waiting) this.tell(worker, { id, question });
      if (waiting.size === 0) end();
    });
  }

  /** What a worker that becomes a member has to be told of what was asked before. */
  protected missed(): readonly Question[] {
    return [];
  }

  private receive(worker: Worker, message: ToPrimary<Question, Answer>): void {
    if ('joins' in message) {
      this.members.add(worker);
      this.tell(worker, { missed: this.missed() });
    } else if ('question' in message) {
      const { id, question } = message;
      void this.ask(question).then((round) => this.tell(worker, { id, round }));
    } else {
      this.take(worker, message.id, message.answer);
    }
  }

  private leave(worker: Worker): void {
    this.members.delete(worker);
    for (const id of this.rounds.keys()) this.take(worker, id);
  }

  /** @param answer absent where the worker has none and will not have one */
  private take(worker: Worker, id: number, answer?: Answer): void {
    const round = this.rounds.get(id);
    if (!round?.waiting.delete(worker)) return;
    if (answer !== undefined) round.answers.push(answer);
    if (round.waiting.size === 0) round.end();
  }

  private tell(worker: Worker, content: Omit<ToWorker<Question, Answer>, 'topic'>): void {
    // Without the callback a worker that has just died would be an uncaught error, which ends the primary and all others.
    if (worker.isConnected()) worker.send({ ...content, topic: this.topic }, () => undefined);
  }
}
