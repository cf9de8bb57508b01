/** The limit of one client: at most `limit` requests in any `windowMs`. */
export interface KeyLimit {
  readonly limit: number;
  readonly windowMs: number;
}

const UNITS = new Map([
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]);
const FORM = /^(\d{1,7})\/(second|minute|hour|day)$/;
const MAX_LIMIT = 1_000_000;

/** What a limit looks like, for messages. */
export const KEY_LIMIT_FORM = `a limit such as 1000/minute (1 to ${MAX_LIMIT}, per second, minute, hour or day)`;

/** The limit that `1000/minute` states; `undefined` for a text of another form. */
export function parseKeyLimit(text: string): KeyLimit | undefined {
  const [, count, unit] = FORM.exec(text) ?? [];
  const limit = Number(count);
  if (unit === undefined || limit < 1 || limit > MAX_LIMIT) return undefined;
  return { limit, windowMs: UNITS.get(unit)! };
}
