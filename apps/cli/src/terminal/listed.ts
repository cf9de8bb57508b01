const MAX_LISTED = 12;

/** How many names there are, the first of them, and how many are left out: `14: a, b, … (12 more)`. */
export function listed(names: readonly string[]): string {
  const rest = names.length - MAX_LISTED;
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return `${names.length}: ${shown}${rest > 0 ? `, … (${rest} more)` : ''}`;
}
