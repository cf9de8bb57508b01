/** An artifact that must not be served: where the fault is (`model.coefficients[1]`), what it is, what to do. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';

  constructor(
    readonly place: string,
    readonly problem: string,
    readonly cure = 'Train or import the model again; artifacts are never edited by hand.',
    options?: ErrorOptions,
  ) {
    super(`${place}: ${problem}. ${cure}`, options);
  }
}
