import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Answer } from '@inferserve/model';
import { INFERENCE_OPTIONS } from './inference.module-definition';
import type { InferenceOptions } from './inference-options';
import { ModelLoader } from './model-loader';
import type { RowSource } from './score-rows';
import type { ServedModel } from './served-model';
import { ShadowComparison } from './shadow-comparison';

/** Rows that wait; further ones are counted as dropped. */
const MAX_WAITING_ROWS = 20_000;
/** Requests get their turn after so long. */
const MAX_TURN_MS = 5;

interface Waiting {
  readonly served: ServedModel;
  readonly shadow: ServedModel;
  readonly rows: RowSource;
  next: number;
}

/**
 * Has shadow versions score the rows that were answered, after the answers were sent, and compares what comes out.
 * Nothing that goes wrong here reaches a client.
 */
@Injectable()
export class ShadowScorer implements OnModuleInit {
  private readonly logger = new Logger('Shadow');
  private readonly shadows = new Map<string, ServedModel>();
  private readonly found = new Map<string, ShadowComparison>();
  private readonly waiting: Waiting[] = [];
  private waitingRows = 0;

  constructor(
    @Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions,
    private readonly loader: ModelLoader,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.load();
  }

  /** Loads the shadow versions that are not loaded as the store has them; what cannot be loaded is logged. */
  async load(): Promise<void> {
    for (const requested of this.options.shadows ?? []) {
      const before = this.shadows.get(requested.name);
      try {
        const model = await this.loader.load(requested, before);
        this.shadows.set(model.name, model);
        if (model !== before) {
          this.logger.log(`Model ${model.name} version ${model.version} shadows what is served`);
        }
      } catch (error) {
        this.logger.error(`No shadow of ${requested.name}: ${String(error)}`);
      }
    }
  }

  /** Whether there is any shadow version. */
  get isActive(): boolean {
    return this.shadows.size > 0;
  }

  comparisons(): readonly ShadowComparison[] {
    return [...this.found.values()];
  }

  /** Takes rows that `served` has answered; they are looked at once this turn of the event loop is over. */
  offer(served: ServedModel, rows: RowSource): void {
    const shadow = this.shadows.get(served.name);
    if (!shadow || shadow.version === served.version) return;
    if (this.waitingRows + rows.count > MAX_WAITING_ROWS) {
      this.comparison(served, shadow).rows.dropped += rows.count;
      return;
    }
    this.waitingRows += rows.count;
    if (this.waiting.push({ served, shadow, rows, next: 0 }) === 1) setImmediate(this.work);
  }

  private readonly work = (): void => {
    const started = performance.now();
    for (;;) {
      const [first] = this.waiting;
      if (!first) return;
      if (performance.now() - started > MAX_TURN_MS) break;
      if (first.next < first.rows.count) this.compareNext(first);
      else this.waiting.shift();
    }
    setImmediate(this.work);
  };

  private compareNext(waiting: Waiting): void {
    const { served, shadow, rows } = waiting;
    const row = waiting.next++;
    this.waitingRows -= 1;
    const answer = answerOf(served, rows, row);
    // It was not answered in the first place.
    if (!answer) return;
    const comparison = this.comparison(served, shadow);
    const other = answerOf(shadow, rows, row);
    if (other) comparison.compare(served, answer, shadow, other);
    else comparison.rows.error += 1;
  }

  private comparison({ name, version }: ServedModel, shadow: ServedModel): ShadowComparison {
    const key = `${name}@${version} ${shadow.version}`;
    const comparison = this.found.get(key) ?? new ShadowComparison(name, version, shadow.version);
    this.found.set(key, comparison);
    return comparison;
  }
}

/** `undefined` where the model cannot read the row, or has no finite answer for it. */
function answerOf(model: ServedModel, rows: RowSource, row: number): Answer | undefined {
  try {
    return rows.read(model, row) ? model.score(true) : undefined;
  } catch {
    return undefined;
  }
}
