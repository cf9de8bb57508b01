import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutputTensor } from './output-tensor';

/** So many numbers take a few milliseconds to write; then other requests get their turn. */
const ELEMENTS_PER_TURN = 8_192;

/** The data of an output as a flat JSON list. */
export async function encodeJson({ values }: OutputTensor): Promise<string> {
  if ('numbers' in values) {
    const { numbers } = values;
    // NaN becomes null.
    const textOf = (from: number, to: number): string =>
      JSON.stringify(Array.from(numbers.subarray(from, to))).slice(1, -1);
    return listText(numbers.length, textOf);
  }
  const texts = values.options.map((option) => JSON.stringify(option));
  const { indices } = values;
  return listText(indices.length, (from, to) =>
    Array.from(indices.subarray(from, to), (index) => texts[index]).join(),
  );
}

async function listText(
  length: number,
  textOf: (from: number, to: number) => string,
): Promise<string> {
  let text = '';
  for (let from = 0; from < length; from += ELEMENTS_PER_TURN) {
    if (from > 0) await nextTurn();
    text += (from > 0 ? ',' : '') + textOf(from, from + ELEMENTS_PER_TURN);
  }
  return `[${text}]`;
}

/** The data of an output as a list, for few elements. */
export function listOf({ values }: OutputTensor): readonly unknown[] {
  if ('numbers' in values) return [...values.numbers];
  return Array.from(values.indices, (index) => values.options[index]);
}
