import { ArtifactError } from './artifact.error';

/** A place in parsed JSON; each reader checks what stands there or throws an `ArtifactError` that names it. */
export class JsonCursor {
  constructor(
    readonly value: unknown,
    readonly place = 'artifact',
  ) {}

  /** Members of an object that has every required key and none beside the optional ones. */
  object<R extends string, O extends string = never>(
    required: readonly R[],
    optional: readonly O[] = [],
  ): Record<R, JsonCursor> & Partial<Record<O, JsonCursor>> {
    const record = this.record();
    for (const key of required) {
      if (!Object.hasOwn(record, key)) throw this.error(`"${key}" is missing`);
    }
    const known = new Set<string>([...required, ...optional]);
    for (const key of Object.keys(record)) {
      if (!known.has(key)) throw this.error(`"${key}" is not a known member`);
    }
    return Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key, this.child(key, value)]),
    ) as Record<R, JsonCursor> & Partial<Record<O, JsonCursor>>;
  }

  /** Any object, as a map from key to cursor. */
  entries(): [string, JsonCursor][] {
    return Object.entries(this.record()).map(([key, value]) => [key, this.child(key, value)]);
  }

  /** The object as it stands, for members that nothing reads. */
  record(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      throw this.error(`must be an object, not ${describe(this.value)}`);
    }
    return this.value as Record<string, unknown>;
  }

  /** Elements of an array of `min` to `max` elements. */
  array(min: number, max: number): JsonCursor[] {
    if (!Array.isArray(this.value)) {
      throw this.error(`must be an array, not ${describe(this.value)}`);
    }
    if (this.value.length < min || this.value.length > max) {
      throw this.error(`must have ${range(min, max)} elements, not ${this.value.length}`);
    }
    return this.value.map((element, index) => new JsonCursor(element, `${this.place}[${index}]`));
  }

  /** An array of exactly `length` finite numbers. */
  vector(length: number): number[] {
    return this.array(length, length).map((element) => element.number());
  }

  /** A finite number, at least `min` (or above `above`) and at most `max`. */
  number({ min = -Infinity, above = -Infinity, max = Infinity } = {}): number {
    if (typeof this.value !== 'number') {
      throw this.error(`must be a number, not ${describe(this.value)}`);
    }
    if (!Number.isFinite(this.value)) throw this.error('must be a finite number');
    if (this.value < min || this.value <= above || this.value > max) {
      const lower = above > -Infinity ? `above ${above}` : `at least ${min}`;
      const bounds = max < Infinity ? `${lower} and at most ${max}` : lower;
      throw this.error(`must be ${bounds}, but is ${this.value}`);
    }
    return this.value;
  }

  /** A whole number of at least `min`. */
  integer(min: number): number {
    const value = this.number({ min });
    if (!Number.isSafeInteger(value)) throw this.error(`must be a whole number, but is ${value}`);
    return value;
  }

  /** A string of at most `maxLength` characters that fits `pattern`. */
  string({ maxLength = 10_000, pattern = /^/ } = {}): string {
    if (typeof this.value !== 'string') {
      throw this.error(`must be a string, not ${describe(this.value)}`);
    }
    if (this.value.length > maxLength) throw this.error(`is longer than ${maxLength} characters`);
    if (!pattern.test(this.value)) throw this.error(`does not match ${pattern.source}`);
    return this.value;
  }

  /** One of the values given. */
  oneOf<T extends string | number>(...values: readonly T[]): T {
    if (!values.includes(this.value as T)) {
      throw this.error(`must be ${values.map((value) => JSON.stringify(value)).join(' or ')}`);
    }
    return this.value as T;
  }

  error(problem: string, cure?: string): ArtifactError {
    return new ArtifactError(this.place, problem, cure);
  }

  private child(key: string, value: unknown): JsonCursor {
    return new JsonCursor(value, this.place === 'artifact' ? key : `${this.place}.${key}`);
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function range(min: number, max: number): string {
  return min === max ? `${min}` : `${min} to ${max}`;
}
