import type { TransformSpec } from '@inferserve/model';
import { Layout } from '../../layout/layout';

/**
 * What the numbers of a value are: text, whole numbers, any numbers, or numbers that a cast has cut to whole ones,
 * which only encoders take.
 */
export type ValueKind = 'text' | 'whole' | 'number' | 'cut';

/** Columns of the request with what has been done to them. */
interface Part {
  /** Which columns of the request. */
  readonly columns: readonly number[];
  readonly steps: readonly TransformSpec[];
  readonly output: Layout;
}

/** A value of a graph before its predictor: parts of the request side by side, each with steps of its own. */
export class GraphValue {
  private constructor(
    private readonly input: Layout,
    private readonly parts: readonly Part[],
    readonly kind: ValueKind,
    /** Whether each column still is a block of its own: [rows, columns, categories]. */
    readonly isBlocked: boolean,
  ) {}

  /** Columns of the request as they are. */
  static ofInput(input: Layout, columns: readonly number[], kind: ValueKind): GraphValue {
    return new GraphValue(
      input,
      [{ columns, steps: [], output: input.select(columns) }],
      kind,
      false,
    );
  }

  static concat(values: readonly GraphValue[]): GraphValue {
    const { input, isBlocked } = values[0]!;
    const parts: Part[] = [];
    for (const part of values.flatMap((value) => value.parts)) {
      const last = parts.at(-1);
      if (last?.steps.length !== 0 || part.steps.length > 0) parts.push(part);
      else parts[parts.length - 1] = joined(last, part);
    }
    const kinds = new Set(values.map(({ kind }) => kind));
    const [kind] = kinds.size === 1 ? kinds : ['number' as const];
    return new GraphValue(input, parts, kind!, isBlocked);
  }

  get layout(): Layout {
    return Layout.concat(this.parts.map(({ output }) => output));
  }

  get width(): number {
    return this.layout.width;
  }

  as(kind: ValueKind): GraphValue {
    return new GraphValue(this.input, this.parts, kind, this.isBlocked);
  }

  /** The same numbers in one row. */
  flat(): GraphValue {
    return new GraphValue(this.input, this.parts, this.kind, false);
  }

  /** Some columns, in this order; `undefined` where steps have made columns of others. */
  select(indices: readonly number[]): GraphValue | undefined {
    const [part] = this.parts;
    if (!part || this.parts.length > 1 || part.steps.length > 0) return undefined;
    const columns = indices.map((index) => part.columns[index]!);
    return GraphValue.ofInput(this.input, columns, this.kind);
  }

  /** The last step that all of the value went through, where it is in one part. */
  get lastStep(): TransformSpec | undefined {
    return this.parts.length === 1 ? this.parts[0]!.steps.at(-1) : undefined;
  }

  /** The value after further steps; `instead` of its last step where they contain that. */
  after(
    steps: readonly TransformSpec[],
    output: Layout,
    instead = false,
    isBlocked = false,
  ): GraphValue {
    const part = this.onePart();
    const before = instead ? part.steps.slice(0, -1) : part.steps;
    const next = { ...part, steps: [...before, ...steps], output };
    return new GraphValue(this.input, [next], 'number', isBlocked);
  }

  /** The steps from the whole request to this value. */
  pipeline(): readonly TransformSpec[] {
    const [part] = this.parts;
    const all = part?.columns.length === this.input.length && part.columns.every((c, i) => c === i);
    if (part && this.parts.length === 1 && all) return part.steps;
    const columns = Array.from({ length: this.input.length }, (_, i) => i);
    return [this.branches(columns)];
  }

  private onePart(): Part {
    const [part] = this.parts;
    if (part && this.parts.length === 1) return part;
    const columns = [...new Set(this.parts.flatMap((each) => each.columns))];
    return { columns, steps: [this.branches(columns)], output: this.layout };
  }

  private branches(columns: readonly number[]): TransformSpec {
    const table = this.input.select(columns);
    const branches = this.parts.map((part) => ({
      columns: table.positionsOf(part.columns.map((column) => columns.indexOf(column))),
      pipeline: part.steps,
    }));
    return { type: 'branches', branches, from: 'ONNX Concat' };
  }
}

function joined(first: Part, second: Part): Part {
  return {
    columns: [...first.columns, ...second.columns],
    steps: [],
    output: Layout.concat([first.output, second.output]),
  };
}
