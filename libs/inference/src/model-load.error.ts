/** The model cannot be served; the message names the file or folder, the fault and the cure. */
export class ModelLoadError extends Error {
  override readonly name = 'ModelLoadError';
}
