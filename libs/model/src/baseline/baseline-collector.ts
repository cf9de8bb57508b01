import type { CompiledModel } from '../compile/compiled-model';
import { columnKind } from '../columns/columns';
import type { DistributionCollector } from '../distributions/distribution-form';
import type { Baseline } from './baseline';
import { predictionForm } from './prediction-form';

/** Deciles of so many values differ from those of all by less than one part in a hundred of the rows. */
const MAX_SAMPLE = 10_000;
/** Values that are kept for all columns together: 128 MiB. */
const MAX_VALUES = 2 ** 24;

/** Sums up rows and what a model predicts for them, in bounded memory. */
export class BaselineCollector {
  private readonly columns: readonly (DistributionCollector | undefined)[];
  private readonly predictions: DistributionCollector;
  private rows = 0;

  constructor(private readonly model: CompiledModel) {
    const sampleSize = Math.min(MAX_SAMPLE, Math.ceil(MAX_VALUES / model.columns.length));
    this.columns = model.columns.map((column) =>
      columnKind(column).distribution(column)?.collect(sampleSize),
    );
    this.predictions = predictionForm(model.classes).collect(sampleSize);
  }

  /**
   * Takes a row of values in the order of the columns, and the position of its class or its predicted number.
   * @throws RangeError for values that the columns do not take
   */
  add(values: ArrayLike<unknown>, prediction: number): void {
    const { model, columns } = this;
    if (!model.readValues(values)) throw new RangeError('the values do not fit the columns');
    this.rows += 1;
    for (let j = 0; j < columns.length; j++) columns[j]?.add(model.columnValue(j));
    this.predictions.add(prediction);
  }

  /** The baseline of the rows so far; `undefined` where there was none. */
  finish(): Baseline | undefined {
    if (this.rows === 0) return undefined;
    const columns = this.model.columnNames.flatMap((name, j) => {
      const distribution = this.columns[j]?.finish();
      return distribution ? [[name, distribution] as const] : [];
    });
    const predictions = this.predictions.finish();
    return {
      rows: this.rows,
      columns: Object.fromEntries(columns),
      ...(predictions && { predictions }),
    };
  }
}
