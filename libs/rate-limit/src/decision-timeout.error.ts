/** Redis did not answer within the deadline of a decision. */
export class DecisionTimeoutError extends Error {
  override readonly name = 'DecisionTimeoutError';

  constructor() {
    super('Redis did not answer within the deadline');
  }
}
