/** A model that cannot be served; the message names the file or folder, the fault and the remedy. */
export class ModelLoadError extends Error {
  override readonly name = 'ModelLoadError';
  /** The fault and the remedy without the path, for those who must not see the paths of this machine. */
  readonly reason: string;

  constructor(message: string, options: ErrorOptions & { readonly reason?: string } = {}) {
    super(message, options);
    this.reason = options.reason ?? message;
  }
}
