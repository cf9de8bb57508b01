/** A copy of JSON data with the keys of its objects in snake_case, as the native protocol writes them. */
export function snakeCased(data: object): object {
  return convert(data) as object;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      convert(member),
    ]),
  );
}
