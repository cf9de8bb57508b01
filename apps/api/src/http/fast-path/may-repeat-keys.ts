/** A request body is an object of rows, or of tensors with parameters; what is nested deeper is left to the exact scan. */
const LEVELS = 4;

/**
 * Whether the JSON `text` of `value` may give a key twice. Each member of an object has a colon behind its
 * key, and JSON.parse keeps one member for each distinct key: as many colons as members means no repetition.
 * Colons inside strings only make the answer `true`, which is a question for the exact scan.
 */
export function mayRepeatKeys(text: string, value: unknown): boolean {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  return colons !== countMembers(value, LEVELS);
}

function countMembers(value: unknown, levels: number): number {
  if (typeof value !== 'object' || value === null || levels === 0) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) count += countMembers(value[i], levels - 1);
    return count;
  }
  // JSON has own members only, and nothing is inherited that `for in` would visit.
  for (const key in value) {
    count += 1;
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof member === 'object') count += countMembers(member, levels - 1);
  }
  return count;
}
