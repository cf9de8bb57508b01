import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FeatureRecord, InferenceService } from '@inferserve/inference';
import { MetricsService } from '../metrics/metrics.service';
import { PredictionContract } from './prediction-contract';

/** Rows with faults cost a hundred times what others cost; after so many, other requests get their turn. */
const FAULTY_ROWS_PER_TURN = 250;

/** Turns checked rows into the JSON of their answers. */
@Injectable()
export class PredictionService implements OnModuleInit {
  /** `"predicted_class":…` and the quoted name, by class. */
  private answers: readonly string[] = [];
  private names: readonly string[] = [];

  constructor(
    private readonly inference: InferenceService,
    private readonly contract: PredictionContract,
    private readonly metrics: MetricsService,
  ) {}

  onModuleInit(): void {
    const { name, version, contentHash, classes } = this.inference.artifact;
    this.answers = classes.map((label) => `"predicted_class":${JSON.stringify(label)}`);
    this.names = classes.map((label) => JSON.stringify(String(label)));
    this.metrics.serving({ model: name, version, contentHash }, classes.map(String));
  }

  /** Whether the model has probabilities to include. */
  get hasProbabilities(): boolean {
    return this.inference.artifact.model.probability !== 'none';
  }

  /** `{"predicted_class": …}`, with `"probabilities"` if asked for. */
  predict(features: FeatureRecord, withProbabilities: boolean): string {
    const k = this.inference.classify(features);
    this.metrics.predicted(k);
    return this.answer(k, features, withProbabilities);
  }

  /** `{"predictions": […]}` in the order of the rows; a faulty row has `{"error": […]}` in its place. */
  async predictBatch(rows: readonly unknown[], withProbabilities: boolean): Promise<string> {
    const { validator } = this.contract;
    const counts = this.answers.map(() => 0);
    let text = '';
    let faultyRows = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (i > 0) text += ',';
      if (validator.accepts(row)) {
        const features = row as FeatureRecord;
        const k = this.inference.classify(features);
        counts[k]! += 1;
        text += this.answer(k, features, withProbabilities);
      } else {
        const error = validator.faultsOf(row, ['body', 'instances', i]);
        text += JSON.stringify({ error });
        faultyRows += 1;
        if (faultyRows % FAULTY_ROWS_PER_TURN === 0) await nextTurn();
      }
    }
    for (const [k, count] of counts.entries()) this.metrics.predicted(k, count);
    return `{"predictions":[${text}]}`;
  }

  private answer(k: number, features: FeatureRecord, withProbabilities: boolean): string {
    if (!withProbabilities) return `{${this.answers[k]}}`;
    const probabilities = this.inference.probabilities(features);
    const members = this.names.map((name, j) => `${name}:${probabilities?.[j]}`);
    return `{${this.answers[k]},"probabilities":{${members.join(',')}}}`;
  }
}
