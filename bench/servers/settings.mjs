/** What the benchmark hands to each server it starts: one JSON argument. */
export const settings = JSON.parse(process.argv[2]);

/** Tells the benchmark nothing: it asks the port. Ends at once when it is told to. */
export function endOnSignal() {
  process.once('SIGTERM', () => process.exit(0));
}
