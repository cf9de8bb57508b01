/** Data or settings that no model can be trained from: what is wrong, then what to do. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';

  constructor(problem: string, cure: string, options?: ErrorOptions) {
    super(`${problem}. ${cure}`, options);
  }
}
