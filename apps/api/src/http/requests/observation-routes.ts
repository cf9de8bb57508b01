/** What operators and orchestrators ask, and clients do not. */
const PATHS = ['/metrics', '/health'];

/** Whether a URL leads to the metrics or a probe, which METRICS_PORT takes off the public port. */
export function isObservation(url: string): boolean {
  return PATHS.some((path) => {
    if (!url.startsWith(path)) return false;
    const next = url.charAt(path.length);
    return next === '' || next === '/' || next === '?';
  });
}
