declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix';

  /** One against the rest, by full-batch gradient descent from zero; without intercept or regularisation. */
  class LogisticRegression {
    constructor(options?: { readonly numSteps?: number; readonly learningRate?: number });

    /** One a class; `weights` is 1 × d and belongs to the probability of *not* being of the class. */
    readonly classifiers: readonly { readonly weights: Matrix }[];

    /** @param target n × 1, the classes 0 to k − 1 */
    train(features: Matrix, target: Matrix): void;
  }
  export = LogisticRegression;
}

declare module 'ml-logistic-regression/package.json' {
  const description: { readonly name: string; readonly version: string };
  export = description;
}
