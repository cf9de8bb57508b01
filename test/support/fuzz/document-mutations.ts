import fc from 'fast-check';

/** What stands where a number, a text, a list or an object was. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  3,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e308,
  '',
  '-1',
  'NaN',
  '1e999',
  '__proto__',
  [],
  [[]],
  {},
  [0],
  [null],
];

/** Which value of a document changes, counted through the whole of it, and how. */
export const documentChange = fc.record({
  at: fc.nat(),
  to: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 1, arbitrary: fc.constantFrom('remove', 'repeat') },
  ),
});

export type DocumentChange = { at: number; to: unknown };

/** A JSON document with some of its values replaced, removed or repeated. */
export function changeDocument(json: string, changes: readonly DocumentChange[]): unknown {
  const document = JSON.parse(json) as unknown;
  for (const { at, to } of changes) {
    const places = placesOf(document);
    if (places.length === 0) return document;
    const { holder, key } = places[at % places.length]!;
    if (Array.isArray(holder) && to === 'remove') holder.splice(Number(key), 1);
    else if (Array.isArray(holder) && to === 'repeat')
      holder.push(structuredClone(holder[Number(key)]));
    else if (to === 'remove') delete (holder as Record<string, unknown>)[key];
    else (holder as Record<string, unknown>)[key] = structuredClone(to);
  }
  return document;
}

interface Place {
  readonly holder: object;
  readonly key: string;
}

/** One place in a hundred of long lists: they are all alike. */
function placesOf(document: unknown): Place[] {
  const places: Place[] = [];
  const pending = [document];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const keys = Object.keys(next);
    const step = Array.isArray(next) && keys.length > 100 ? 100 : 1;
    for (let i = 0; i < keys.length; i += step) {
      places.push({ holder: next, key: keys[i]! });
      pending.push((next as Record<string, unknown>)[keys[i]!]);
    }
  }
  return places;
}
