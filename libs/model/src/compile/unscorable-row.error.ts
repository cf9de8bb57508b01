/** A row of valid values for which the model has no finite answer, such as one whose exponential overflows. */
export class UnscorableRowError extends RangeError {
  override readonly name = 'UnscorableRowError';

  /** `reason` never quotes a value of the row. */
  constructor(reason = 'its values are too large, missing, or outside what a step is defined for') {
    super(`The model has no finite answer for this row: ${reason}`);
  }
}
