/** Limits how many requests are being answered at once. */
export class LoadShedder {
  private inFlight = 0;

  constructor(private readonly maxInFlight: number) {}

  /** Counts a request that begins; `false` if there are more than allowed. */
  enter(): boolean {
    this.inFlight += 1;
    return this.inFlight <= this.maxInFlight;
  }

  /** Call once for each `enter`, whatever it said. */
  leave(): void {
    this.inFlight -= 1;
  }
}
