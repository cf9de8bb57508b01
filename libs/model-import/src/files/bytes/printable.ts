/** Text out of an untrusted file, safe to print and not too long. */
export function printable(text: string, maxLength = 100): string {
  const safe = text.slice(0, maxLength + 1).replace(/[^\x20-\x7e\u00a1-\u02af]/g, '?');
  return safe.length > maxLength ? `${safe.slice(0, maxLength)}…` : safe;
}
