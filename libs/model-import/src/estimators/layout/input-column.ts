import { columnKind, type ColumnSpec } from '@inferserve/model';
import { ModelImportError } from '../../files/bytes/model-import.error';

/** A value of a category column, as a request sends it. */
export type CategoryValue = string | number | boolean;

type TextColumn = Extract<ColumnSpec, { type: 'text' }>;
/** How a text becomes counts of its terms. */
export type Vectorizer = TextColumn['vectorizers'][number];

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
  private readonly vectorizers: Vectorizer[] = [];
  private placed = 0;
  private observed?: { readonly min: number; readonly max: number };
  private resolved?: ColumnSpec;

  constructor(readonly name: string) {}

  /** Whether any step uses the column: one that none uses need not be in a request. */
  get isUsed(): boolean {
    return this.isNumber || this.categories.length > 0 || this.vectorizers.length > 0;
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
   * The value is text, of which terms are counted. Several vectorizers may read one column: their counts stand side
   * by side, and this returns where those of this one begin (0 in the first run).
   */
  useAsText(vectorizer: Vectorizer): number {
    if (!this.resolved) {
      this.vectorizers.push(vectorizer);
      return 0;
    }
    const before = this.vectorizers.slice(0, this.placed++);
    return before.length === 0
      ? 0
      : widthOf({ type: 'text', name: this.name, vectorizers: before });
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
    return this.resolved.values.indexOf(value);
  }

  private kind(): ColumnSpec {
    if (this.vectorizers.length > 0) return this.text();
    return this.isNumber || this.categories.length === 0 ? this.number() : this.category();
  }

  private text(): ColumnSpec {
    if (this.isNumber || this.categories.length > 0) {
      throw new ModelImportError(
        `column "${this.name}" is read both as text and as a number or category`,
        'Keep the text in a column of its own.',
      );
    }
    return { type: 'text', name: this.name, vectorizers: this.vectorizers };
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

function widthOf(spec: ColumnSpec): number {
  return columnKind(spec).width(spec);
}
