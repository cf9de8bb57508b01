import { InvalidArgumentError } from 'commander';

const UNITS = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
]);
const LIMIT = /^(\d{1,7})\/(?:(\d{1,7}) ?)?(s|second|minute|hour|day)s?$/;

/** Requests that one client may make in any window; 0 for no limit. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds?: number;
}

/** `100/minute`, `5/second`, `1000/10s`, or `off`. @throws InvalidArgumentError for anything else */
export function parseLimit(text: string): RateLimit {
  if (text === 'off') return { requests: 0 };
  const [, requests, count = '1', unit] = LIMIT.exec(text.trim().toLowerCase()) ?? [];
  const seconds = Number(count) * (UNITS.get(unit ?? '') ?? 1);
  if (requests !== undefined && Number(requests) > 0 && seconds > 0) {
    return { requests: Number(requests), windowSeconds: seconds };
  }
  throw new InvalidArgumentError(
    'Use a number per second, minute, hour or day, such as 100/minute, or off.',
  );
}
