/** The name nearest to `name` by edit distance, if it is near enough for a typing error of at most `maxEdits`. */
export function nearestName(
  name: string,
  names: readonly string[],
  maxEdits = Infinity,
): string | undefined {
  if (name.length > 64) return undefined;
  let nearest: string | undefined;
  // One letter is no typing error of another, and of two at least one must be right.
  const most = Math.min(name.length - 1, Math.max(2, Math.floor(name.length / 3)), maxEdits);
  let least = most + 1;
  for (const candidate of names) {
    const distance = editDistance(normalise(name), normalise(candidate));
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** `sepalLength`, `Sepal-Length` and `sepal length (cm)` are all near `sepal_length`. */
function normalise(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Levenshtein distance, one row at a time (Wagner and Fischer, 1974). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length]!;
}
