/** An artifact that must not be served: the path of the fault (`predictor.coefficients[1]`), what it is, what to do. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';

  constructor(
    readonly path: string,
    readonly problem: string,
    readonly remedy = 'Train or import the model again; artifacts must not be edited by hand.',
    options?: ErrorOptions,
  ) {
    super(`${path}: ${problem}. ${remedy}`, options);
  }
}
