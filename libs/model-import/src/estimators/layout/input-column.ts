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
  private acceptsMissing = true;
  private readonly categories: CategoryUse[] = [];
  private observed?: { readonly min: number; readonly max: number };
  private readonly vectorizers = new Map<object, VectorizerSpec>();
  private resolved?: ColumnSpec;

  constructor(readonly name: string) {}

  /** Whether any step uses the column: one that none uses need not be in a request. */
  get isUsed(): boolean {
    return this.isNumber || this.categories.length > 0 || this.vectorizers.size > 0;
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
    if (this.vectorizers.size > 0) return (this.resolved = this.text());
    this.resolved = this.isNumber || this.categories.length === 0 ? this.number() : this.category();
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
    return this.resolved.values.indexOf(value);
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
    return {
      type: 'number',
      name: this.name,
      ...(this.acceptsMissing && { nullable: true }),
      ...(Number.isFinite(this.magnitude) && { magnitude: this.magnitude }),
      ...(this.observed && { observedMin: this.observed.min, observedMax: this.observed.max }),
    };
  }

  private category(): ColumnSpec {
    return {
      type: 'category',
      name: this.name,
      values: [...new Set(this.categories.flatMap(({ values }) => values))],
      unknown: this.categories.every(({ unknown }) => unknown === 'accept') ? 'accept' : 'reject',
      ...(this.acceptsMissing && { nullable: true }),
    };
  }
}

function widthOf(vectorizers: readonly VectorizerSpec[]): number {
  const spec = { type: 'text', name: '', vectorizers } as const;
  return columnKind(spec).width(spec);
}
