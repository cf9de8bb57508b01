import { accuracy, type ConfusionMatrix } from './confusion-matrix';

/** Figures of one class, or of an average over the classes; `support` counts rows. */
export interface ClassFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** What scikit-learn's `classification_report` holds; classes in the order of the matrix. */
export interface ClassificationReport {
  readonly classes: readonly ClassFigures[];
  readonly accuracy: number;
  /** Every class counts the same. */
  readonly macroAverage: ClassFigures;
  /** Every class counts by its support. */
  readonly weightedAverage: ClassFigures;
}

/** Precision, recall and F1 of each class; a figure without any row to count is 0 (`zero_division=0`). */
export function classificationReport(matrix: ConfusionMatrix): ClassificationReport {
  const classes = matrix.map((counts, k): ClassFigures => {
    const right = counts[k]!;
    const support = sum(counts);
    const predicted = sum(matrix.map((row) => row[k]!));
    return {
      precision: ratio(right, predicted),
      recall: ratio(right, support),
      f1: ratio(2 * right, support + predicted),
      support,
    };
  });
  return {
    classes,
    accuracy: accuracy(matrix),
    macroAverage: average(classes, () => 1),
    weightedAverage: average(classes, ({ support }) => support),
  };
}

function average(
  classes: readonly ClassFigures[],
  weight: (figures: ClassFigures) => number,
): ClassFigures {
  const weights = sum(classes.map(weight));
  const mean = (figure: (figures: ClassFigures) => number): number =>
    ratio(sum(classes.map((figures) => figure(figures) * weight(figures))), weights);
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
    support: sum(classes.map(({ support }) => support)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
