import type { ClassLabel } from '../artifact/artifact';

/** What a classifier answers for one row; a model without probabilities gives none. */
export interface ClassAnswer {
  readonly task: 'classification';
  readonly classIndex: number;
  readonly label: ClassLabel;
  readonly probabilities?: Float64Array;
}

/** What a regressor answers for one row. */
export interface NumberAnswer {
  readonly task: 'regression';
  readonly value: number;
}

export type Answer = ClassAnswer | NumberAnswer;
