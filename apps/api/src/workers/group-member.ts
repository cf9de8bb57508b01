import { Logger } from '@nestjs/common';
import type { Round, ToWorker, Topic } from './messages';
import type { Primary } from './primary';

/** A worker's part in the `WorkerGroup` of a topic: answers what all are asked, and asks all. */
export class GroupMember<Question, Answer> {
  private readonly logger = new Logger('Workers');
  private readonly asked = new Map<number, (round: Round<Answer>) => void>();
  private lastId = 0;
  private joining?: Promise<void>;
  private release?: () => void;

  constructor(
    private readonly primary: Primary,
    private readonly topic: Topic,
    private readonly answer: (question: Question) => Promise<Answer>,
  ) {}

  /** Resolves once this worker is a member and has carried out what it missed. */
  join(): Promise<void> {
    this.joining ??= new Promise((resolve) => {
      this.release = this.primary.listen(this.topic, (message) =>
        this.receive(message as ToWorker<Question, Answer>, resolve),
      );
      this.primary.tell({ topic: this.topic, joins: true });
    });
    return this.joining;
  }

  /** What came of a question in all workers, this one included. */
  async askAll(question: Question): Promise<Round<Answer>> {
    await this.join();
    return new Promise((resolve) => {
      const id = (this.lastId += 1);
      this.asked.set(id, resolve);
      this.primary.tell({ topic: this.topic, id, question });
    });
  }

  leave(): void {
    this.release?.();
  }

  private receive(message: ToWorker<Question, Answer>, joined: () => void): void {
    if ('missed' in message) {
      // At once, so that what the next message brings has its turn after it.
      void Promise.all(message.missed.map((question) => this.tryAnswer(question))).then(joined);
    } else if ('question' in message) {
      const { topic, id, question } = message;
      void this.tryAnswer(question).then((answer) => this.primary.tell({ topic, id, answer }));
    } else {
      this.asked.get(message.id)?.(message.round);
      this.asked.delete(message.id);
    }
  }

  private async tryAnswer(question: Question): Promise<Answer | undefined> {
    try {
      return await this.answer(question);
    } catch (error) {
      this.logger.error('Unexpected error', error instanceof Error ? error.stack : String(error));
      return undefined;
    }
  }
}
