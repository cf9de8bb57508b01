import { columnKind, type ColumnSpec, type VectorizerSpec } from '@inferserve/model';
import { ModelImportError } from '../../files/bytes/model-import.error';

/** A value of a category column, as a request sends it. */
export type CategoryValue = string | number | boolean;

interface CategoryUse {
  readonly values: readonly CategoryValue[];
  readonly unknown: 'reject' | 'accept';
}

/**
 * A column of the request, and what the converted steps need it to be. Conversion runs twice: the first run only
 * collects these needs, `resolve` makes a column of them, and in the second run converters can ask what it became.
 */
export class InputColumn {
  /** Values worth trying: centres, thresholds. The verification rows are made of them. */
  readonly samples: number[] = [];
  private magnitude = Infinity;
  private isNumber = false;
  private isIndicated = false;
  private acceptsMissing = true;
  private acceptsBooleans = false;
  private readonly categories: CategoryUse[] = [];
  private readonly alsoAccepted: CategoryValue[] = [];
  private exclusiveMinimum = -Infinity;
  private observed?: { readonly min: number; readonly max: number };
  private readonly vectorizers = new Map<object, VectorizerSpec>();
  private resolved?: ColumnSpec;

  constructor(readonly name: string) {}

  /** Whether any step uses the column: one that none uses need not be in a request. */
  get isUsed(): boolean {
    const { isNumber, isIndicated, categories, vectorizers } = this;
    return isNumber || isIndicated || categories.length > 0 || vectorizers.size > 0;
  }

  /** Arithmetic is done with the value. @param magnitude largest absolute value that the model takes */
  useAsNumber(magnitude = Infinity): void {
    this.isNumber = true;
    this.magnitude = Math.min(this.magnitude, magnitude);
  }

  /**
   * The value is looked up in a list. Missing values are no part of the list.
   * @param unknown whether a value that is not listed still has an answer
   */
  useAsCategory(values: readonly CategoryValue[], unknown: 'reject' | 'accept'): void {
    this.categories.push({ values, unknown });
  }

  /**
   * The value is text, whose terms are counted. Several vectorizers stand side by side; `key` tells them apart.
   * @returns where the counts of this one stand among all `total` positions of the column
   */
  useAsText(
    key: object,
    vectorizer: VectorizerSpec,
  ): { start: number; count: number; total: number } {
    this.vectorizers.set(key, vectorizer);
    let start = 0;
    for (const [other, spec] of this.vectorizers) {
      if (other === key) break;
      start += widthOf([spec]);
    }
    const total = widthOf([...this.vectorizers.values()]);
    return { start, count: widthOf([vectorizer]), total };
  }

  /** How many positions of the row the column takes; `1` before it is resolved. */
  get width(): number {
    return this.resolved ? columnKind(this.resolved).width(this.resolved) : 1;
  }

  /** The file says that the column held booleans. */
  acceptBooleans(): void {
    this.acceptsBooleans = true;
  }

  /** A step asks whether the value is missing. */
  useForMissing(): void {
    this.isIndicated = true;
  }

  /** A step turns this value into another one before any list is asked. */
  alsoAccept(value: CategoryValue): void {
    this.alsoAccepted.push(value);
  }

  /** Some step is not defined for this value and those below it. */
  requireAbove(minimum: number): void {
    this.exclusiveMinimum = Math.max(this.exclusiveMinimum, minimum);
  }

  /** Some step has no answer for a missing value. */
  rejectMissing(): void {
    this.acceptsMissing = false;
  }

  /** Smallest and largest training value, where the file has them. */
  observe(min: number, max: number): void {
    if (Number.isFinite(min) && Number.isFinite(max)) this.observed = { min, max };
  }

  /** The column of the artifact; in the second run `spec` gives it. */
  resolve(): ColumnSpec {
    this.resolved = this.kind();
    return this.resolved;
  }

  /** What the column became; `undefined` in the first run. */
  get spec(): ColumnSpec | undefined {
    return this.resolved;
  }

  /**
   * The number that stands for a value in the row: its position in a category column, itself in a number column.
   * In the first run any number will do.
   */
  codeOf(value: CategoryValue): number {
    if (this.resolved?.type !== 'category') return Number(value);
    const key = equalityKey(value);
    return this.resolved.values.findIndex((known) => equalityKey(known) === key);
  }

  private kind(): ColumnSpec {
    if (this.vectorizers.size > 0) return this.text();
    return this.isNumber || this.categories.length === 0 ? this.number() : this.category();
  }

  private text(): ColumnSpec {
    if (this.isNumber || this.categories.length > 0) {
      throw new ModelImportError(
        `column "${this.name}" is used both as text and as a number or category`,
        'Leave one of the two out before fitting.',
      );
    }
    return { type: 'text', name: this.name, vectorizers: [...this.vectorizers.values()] };
  }

  private number(): ColumnSpec {
    const text = this.categories.find(({ values }) =>
      values.some((value) => typeof value === 'string'),
    );
    if (text) {
      throw new ModelImportError(
        `column "${this.name}" is used both as a number and as text`,
        'Encode it in one step, or leave the column out before fitting.',
      );
    }
    const values = this.strictValues()?.map(Number);
    return {
      type: 'number',
      name: this.name,
      ...(this.acceptsMissing && { nullable: true }),
      ...(this.acceptsBooleans && { booleans: true }),
      ...(Number.isFinite(this.magnitude) && { magnitude: this.magnitude }),
      ...(Number.isFinite(this.exclusiveMinimum) && { exclusiveMinimum: this.exclusiveMinimum }),
      ...(values && { values }),
      ...(this.observed && { observedMin: this.observed.min, observedMax: this.observed.max }),
    };
  }

  private category(): ColumnSpec {
    const strict = this.strictValues();
    return {
      type: 'category',
      name: this.name,
      values: strict ?? distinct(this.listed()),
      unknown: strict ? 'reject' : 'accept',
      ...(this.acceptsMissing && { nullable: true }),
    };
  }

  private listed(): CategoryValue[] {
    return [...this.categories.flatMap(({ values }) => values), ...this.alsoAccepted];
  }

  /** The values that every step has an answer for, where some step has none for others. */
  private strictValues(): CategoryValue[] | undefined {
    const lists = this.categories
      .filter(({ unknown }) => unknown === 'reject')
      .map(({ values }) => new Set(values.map(equalityKey)));
    if (lists.length === 0) return undefined;
    const also = new Set(this.alsoAccepted.map(equalityKey));
    return distinct(this.listed()).filter((value) => {
      const key = equalityKey(value);
      return also.has(key) || lists.every((list) => list.has(key));
    });
  }
}

/** Values that are equal in Python have equal keys: `True` is 1. */
export function equalityKey(value: CategoryValue): string | number {
  return typeof value === 'boolean' ? Number(value) : value;
}

function distinct(values: readonly CategoryValue[]): CategoryValue[] {
  return [...new Map(values.map((value) => [equalityKey(value), value])).values()];
}

function widthOf(vectorizers: readonly VectorizerSpec[]): number {
  const spec = { type: 'text', name: '', vectorizers } as const;
  return columnKind(spec).width(spec);
}
