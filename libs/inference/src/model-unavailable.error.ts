/** A request that names no model, while the default model is not served. */
export class ModelUnavailableError extends Error {
  override readonly name = 'ModelUnavailableError';
}
