import { ModelImportError } from '../bytes/model-import.error';
import { printable } from '../bytes/printable';
import type { JsonArray, JsonValue } from './json-value';

/**
 * A value in a document with the path to it, for readers that state what they expect.
 * Every mismatch is a `ModelImportError` that names the path.
 */
export class JsonNode {
  constructor(
    readonly value: JsonValue | undefined,
    readonly path = '',
  ) {}

  /** The member of an object; the node of `undefined` where it is absent. */
  get(key: string): JsonNode {
    const { value } = this;
    const path = this.path === '' ? key : `${this.path}.${key}`;
    return new JsonNode(
      isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined,
      path,
    );
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The keys of an object. */
  keys(): string[] {
    if (isObject(this.value)) return Object.keys(this.value);
    throw this.fault('is not an object');
  }

  text(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.fault('is not text');
  }

  number(): number {
    if (typeof this.value === 'number') return this.value;
    throw this.fault('is not a number');
  }

  /** A number, also where it is written as text, which XGBoost does. */
  numeric(): number {
    const { value } = this;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && !Number.isNaN(number)) return number;
    throw this.fault('is not a number');
  }

  boolean(): boolean {
    if (typeof this.value === 'boolean') return this.value;
    if (this.value === 0 || this.value === 1) return this.value === 1;
    throw this.fault('is neither true nor false');
  }

  /** A list of numbers as doubles; null, which stands for NaN, and booleans (0 and 1) included. */
  numbers(): Float64Array {
    const list = this.array();
    if (!Array.isArray(list)) return Float64Array.from(list as Float64Array);
    const numbers = new Float64Array(list.length);
    for (const [i, item] of (list as readonly JsonValue[]).entries()) {
      if (typeof item !== 'number' && typeof item !== 'boolean' && item !== null) {
        throw this.fault('is not a list of numbers');
      }
      numbers[i] = item === null ? NaN : Number(item);
    }
    return numbers;
  }

  /** A list of text. */
  strings(): readonly string[] {
    const list = this.array();
    if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
    throw this.fault('is not a list of text');
  }

  /** The elements of a list, each with its own path. */
  list(): JsonNode[] {
    const list = this.array();
    return Array.from(
      list as ArrayLike<JsonValue>,
      (item, i) => new JsonNode(item, `${this.path}[${i}]`),
    );
  }

  fault(
    problem: string,
    remedy = 'Save the model again from the library that made it.',
  ): ModelImportError {
    return new ModelImportError(problem, remedy, { path: printable(this.path || 'the document') });
  }

  private array(): JsonArray {
    if (Array.isArray(this.value) || ArrayBuffer.isView(this.value)) return this.value;
    throw this.fault('is not a list');
  }
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}
