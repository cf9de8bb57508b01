/** A check cannot be made here; the message says why. */
export class CheckSkipped extends Error {
  override readonly name = 'CheckSkipped';
}
