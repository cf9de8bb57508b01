/** Where in a file a fault is: an object (`LogisticRegression.coef_`), a byte, or both. */
export interface FaultPlace {
  readonly place?: string;
  /** Bytes from the start of the file, or of its inflated content where it is compressed. */
  readonly offset?: number;
}

/** A file that is not imported: what is wrong, where, and what to do about it. */
export class ModelImportError extends Error {
  override readonly name = 'ModelImportError';
  readonly place: string | undefined;
  readonly offset: number | undefined;

  constructor(
    readonly problem: string,
    readonly cure: string,
    { place, offset }: FaultPlace = {},
    options?: ErrorOptions,
  ) {
    const at = offset === undefined ? '' : ` (at byte ${offset})`;
    super(`${place === undefined ? '' : `${place}: `}${problem}${at}. ${cure}`, options);
    this.place = place;
    this.offset = offset;
  }
}

/** The refusal of bytes that break the rules of their own format. */
export function damaged(problem: string, offset?: number): ModelImportError {
  return new ModelImportError(
    problem,
    'The file is damaged or cut short: copy it again, or write it again with joblib.dump(model, path, compress=3).',
    { offset },
  );
}

/** The refusal of a file that costs more than `limits.ts` allows. */
export function overLimit(problem: string, offset?: number): ModelImportError {
  return new ModelImportError(
    problem,
    'No linear model needs that much: check that this is the right file.',
    { offset },
  );
}
