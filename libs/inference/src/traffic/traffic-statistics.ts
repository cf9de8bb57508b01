import type { Bins, CompiledBaseline, CompiledModel } from '@inferserve/model';
import { RowSampler } from './row-sampler';
import { SlidingCounts } from './sliding-counts';
import { compare, type DistributionTraffic, type TrafficSnapshot } from './traffic-snapshot';

/** Further columns are not counted, so that cost and metrics stay bounded. */
const MAX_COLUMNS = 256;
/** Where the rows are counted; the bins of the columns follow, then those of the predictions. */
const ROWS = 0;

/** What one process counted, to be added to what others did. */
export interface TrafficCounts {
  readonly window: readonly number[];
  readonly total: readonly number[];
}

interface CountedColumn {
  readonly index: number;
  readonly name: string;
  readonly bins: Bins;
  /** Position of its first bin among the counts. */
  readonly start: number;
}

/** Counts the rows that a model answers, or a sample of them, by the bins of its baseline. Keeps counts only. */
export class TrafficStatistics {
  private readonly columns: readonly CountedColumn[];
  private readonly predictions?: Pick<CountedColumn, 'bins' | 'start'>;
  private readonly size: number;
  private readonly counts: SlidingCounts;
  private readonly rows = new RowSampler();
  private readonly batchPredictions = new RowSampler();

  constructor(baseline: CompiledBaseline, columnNames: readonly string[]) {
    let size = ROWS + 1;
    const columns: CountedColumn[] = [];
    for (const [index, bins] of baseline.columns.entries()) {
      if (!bins || columns.length === MAX_COLUMNS) continue;
      columns.push({ index, name: columnNames[index]!, bins, start: size });
      size += bins.count;
    }
    this.columns = columns;
    const { predictions } = baseline;
    if (predictions) {
      this.predictions = { bins: predictions, start: size };
      size += predictions.count;
    }
    this.size = size;
    this.counts = new SlidingCounts(size);
  }

  /** Counts the row that `model` read last; `prediction` is the position of its class or its number. */
  count(model: CompiledModel, prediction: number): void {
    const weight = this.rows.next();
    if (weight === 0) return;
    const counts = this.counts.current();
    this.addRow(model, counts, weight);
    this.addPrediction(prediction, counts, weight);
  }

  /** Counts of their own for the rows of a batch, until all of them are answered. */
  startBatch(): Float64Array {
    return new Float64Array(this.size);
  }

  /** Counts the row that `model` read last, without its prediction, in those of a batch. */
  countRow(model: CompiledModel, counts: Float64Array): void {
    const weight = this.rows.next();
    if (weight !== 0) this.addRow(model, counts, weight);
  }

  /** Counts a prediction in those of a batch. */
  countPrediction(prediction: number, counts: Float64Array): void {
    const weight = this.batchPredictions.next();
    if (weight !== 0) this.addPrediction(prediction, counts, weight);
  }

  /** Counts a batch that is answered. */
  endBatch(batch: Float64Array): void {
    const counts = this.counts.current();
    for (let i = 0; i < counts.length; i++) counts[i]! += batch[i]!;
  }

  reset(): void {
    this.counts.reset();
  }

  read(): TrafficCounts {
    return { window: [...this.counts.inWindow()], total: [...this.counts.inTotal()] };
  }

  /** How the rows compare with the baseline: those of this process, or of all the processes whose counts are given. */
  snapshot(counts: readonly TrafficCounts[] = [this.read()]): TrafficSnapshot {
    const window = sum(
      counts.map((each) => each.window),
      this.size,
    );
    const total = sum(
      counts.map((each) => each.total),
      this.size,
    );
    const compared = ({
      bins,
      start,
    }: Pick<CountedColumn, 'bins' | 'start'>): DistributionTraffic =>
      compare(
        bins,
        window.slice(start, start + bins.count),
        total.slice(start, start + bins.count),
      );
    return {
      windowSeconds: SlidingCounts.windowMs / 1000,
      rows: window[ROWS]!,
      columns: this.columns.map((column) => ({ name: column.name, ...compared(column) })),
      ...(this.predictions && { predictions: compared(this.predictions) }),
    };
  }

  private addRow(model: CompiledModel, counts: Float64Array, weight: number): void {
    const { columns } = this;
    counts[ROWS]! += weight;
    for (let i = 0; i < columns.length; i++) {
      const { index, bins, start } = columns[i]!;
      counts[start + bins.binOf(model.columnValue(index))]! += weight;
    }
  }

  private addPrediction(prediction: number, counts: Float64Array, weight: number): void {
    const { predictions } = this;
    if (predictions) counts[predictions.start + predictions.bins.binOf(prediction)]! += weight;
  }
}

function sum(counts: readonly (readonly number[])[], size: number): readonly number[] {
  return Array.from({ length: size }, (_, i) => counts.reduce((all, each) => all + each[i]!, 0));
}
