let lastMs = 0;
let lastTime = '';

/** The member `time` of a log line, in ISO 8601; made anew only when the millisecond has changed. */
export function isoTime(): string {
  const now = Date.now();
  if (now !== lastMs) {
    lastMs = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
}
