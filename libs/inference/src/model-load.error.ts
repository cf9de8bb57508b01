/** A model that cannot be served; the message names the file or folder, the fault and the remedy. */
export class ModelLoadError extends Error {
  override readonly name = 'ModelLoadError';
}
