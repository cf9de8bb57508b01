import { columnKind } from '../columns/columns';
import type { CompiledModel } from '../compile/compiled-model';
import type { Bins } from '../distributions/bins';
import type { Outside } from '../distributions/outside';
import type { CompiledBaseline } from './compile-baseline';

/** A column of a row whose value lies outside of what is known of the training rows. */
export interface RowWarning extends Outside {
  readonly column: string;
}

type Check = (value: number) => Outside | undefined;

/** Says which values of a row lie outside, by the baseline of the model or else by what its columns say themselves. */
export class RowWarnings {
  private readonly checks: readonly (Check | undefined)[];

  constructor(
    private readonly model: CompiledModel,
    baseline: CompiledBaseline | undefined,
  ) {
    this.checks = model.columns.map((column, j) => {
      const bins = baseline?.columns[j];
      return bins ? checkBy(bins) : columnKind(column).outside?.(column);
    });
  }

  /** Whether anything is known of any column. */
  get isPossible(): boolean {
    return this.checks.some((check) => check !== undefined);
  }

  /** Those of the row that the model read last. */
  read(): readonly RowWarning[] {
    const { model, checks } = this;
    return checks.flatMap((check, j) => {
      const outside = check?.(model.columnValue(j));
      return outside ? [{ column: model.columnNames[j]!, ...outside }] : [];
    });
  }
}

function checkBy(bins: Bins): Check {
  const unknown = new Map<number, Outside>(
    bins.outside
      .filter(({ isUnknown }) => isUnknown)
      .map(({ bin, type, message }) => [bin, { type, message }]),
  );
  return (value) => unknown.get(bins.binOf(value));
}
