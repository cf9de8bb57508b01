/** A server does not do what a check asks. The message says what was expected and what came back. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure';
}
