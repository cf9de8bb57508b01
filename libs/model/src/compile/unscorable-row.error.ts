/** A row of valid values for which the model has no finite answer, such as one whose exponential overflows. */
export class UnscorableRowError extends RangeError {
  override readonly name = 'UnscorableRowError';

  constructor() {
    super('The model has no finite answer for this row; its values are too large or missing');
  }
}
