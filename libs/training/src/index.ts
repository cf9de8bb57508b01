export { IRIS } from './data/iris';
export { IRIS_SPLIT } from './data/iris-split';
export type { CrossValidation, Spread } from './evaluation/cross-validate';
export { type ProgressListener, trainArtifact, type TrainingResult } from './train-artifact';
export { trainIris } from './train-iris';
export { TrainingError } from './training.error';
