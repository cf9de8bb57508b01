/** Nothing can be checked; the message says why and what to do. */
export class ConformanceSetupError extends Error {
  override readonly name = 'ConformanceSetupError';
}
