import type { ClassLabel } from '@inferserve/model';

/**
 * Whether the text of a table means the class `label`. Numbers may be written as 1 or 1.0, booleans as True or true.
 * Integers are compared exactly, also beyond 2^53, where different ones become the same `number`.
 */
export function isLabel(label: ClassLabel, text: string): boolean {
  if (typeof label === 'string') return text === label;
  if (typeof label === 'boolean') return text.toLowerCase() === String(label);
  if (/^[+-]?\d+(\.0*)?$/.test(text))
    return BigInt(text.replace(/^\+|\..*$/g, '')) === exact(label);
  return text !== '' && Number(text) === label;
}

function exact(label: number): bigint | undefined {
  return Number.isInteger(label) ? BigInt(label) : undefined;
}
