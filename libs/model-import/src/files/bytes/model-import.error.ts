/** Where in a file a fault is: an object (`LogisticRegression.coef_`), a byte, or both. */
export interface FaultLocation {
  readonly path?: string;
  /** Bytes from the start of the file, or of its inflated content where it is compressed. */
  readonly offset?: number;
}

/** A file that is not imported: what is wrong, where, and what to do about it. */
export class ModelImportError extends Error {
  override readonly name = 'ModelImportError';
  readonly path: string | undefined;
  readonly offset: number | undefined;

  constructor(
    readonly problem: string,
    readonly remedy: string,
    { path, offset }: FaultLocation = {},
    options?: ErrorOptions,
  ) {
    const at = offset === undefined ? '' : ` (at byte ${offset})`;
    super(`${path === undefined ? '' : `${path}: `}${problem}${at}. ${remedy}`, options);
    this.path = path;
    this.offset = offset;
  }
}
