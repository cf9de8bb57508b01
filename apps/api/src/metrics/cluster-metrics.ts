import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

interface Question {
  readonly clusterMetrics: 'question';
  readonly id: number;
}

interface Answer {
  readonly clusterMetrics: 'answer';
  readonly id: number;
  readonly text: string;
}

/** In the primary: answers workers that need the metrics of all workers. */
export function answerClusterMetrics(): void {
  const aggregator = new AggregatorRegistry();
  cluster.on('message', (worker: Worker, message: Partial<Question>) => {
    if (message?.clusterMetrics !== 'question') return;
    void aggregator.clusterMetrics().then(
      (text) => worker.send({ clusterMetrics: 'answer', id: message.id!, text } satisfies Answer),
      () => undefined,
    );
  });
}

/** In a worker: reads the metrics of all workers, so that it does not matter which one answers a scrape. */
export class ClusterMetrics {
  private readonly waiting = new Map<number, (text: string) => void>();
  private lastId = 0;

  constructor(registry: Registry) {
    // Makes this worker answer the primary's aggregator.
    AggregatorRegistry.setRegistries([registry]);
    new AggregatorRegistry();
    process.on('message', (message: Partial<Answer>) => {
      if (message?.clusterMetrics !== 'answer') return;
      this.waiting.get(message.id!)?.(message.text!);
      this.waiting.delete(message.id!);
    });
  }

  read(): Promise<string> {
    return new Promise((resolve) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, resolve);
      process.send?.({ clusterMetrics: 'question', id: this.lastId } satisfies Question);
    });
  }
}
