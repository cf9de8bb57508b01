import type { Artifact, ClassLabel } from '../artifact/artifact';
import { ArtifactError } from '../artifact/artifact.error';
import type { ColumnReader } from '../columns/column-kind';
import type { ColumnSpec } from '../columns/columns';
import { Explanations } from '../explain/explanations';
import type { Answer } from './answer';
import type { ColumnFault } from './column-fault';
import { bindColumns } from './bind-columns';
import type { ClassOutput, NumberOutput, Predictor, Transform } from './compiled-parts';
import { classOutputKind, numberOutputKind } from '../outputs/outputs';
import { clear, type Vector } from '../vector';
import { COMPILE_CONTEXT } from './compile-kinds';
import { UnscorableRowError } from './unscorable-row.error';

/**
 * Rows are scored as multiples of this where plain scoring overflows: with it the largest double times any
 * sane weight stays finite, and every step is affine, so the order of the scores does not change.
 */
const SMALL_UNIT = 2 ** -1000;

/** Rows of a block for models that score one row after the other. */
const DEFAULT_BLOCK_SIZE = 64;

/**
 * A model ready to score: `read` one row, `run`, then take the class, the probabilities or the value. Holds
 * scratch space, so it works on one row at a time (all calls are synchronous) and allocates nothing but results.
 */
export class CompiledModel {
  readonly columns: readonly ColumnSpec[];
  /** Names of the columns, in their order. */
  readonly columnNames: readonly string[];
  /** Empty for regression. */
  readonly classes: readonly ClassLabel[];
  private readonly input: Vector;
  private readonly offsets: readonly number[];
  private readonly readers: readonly ColumnReader[];
  private readonly pipeline: Transform;
  private readonly predictor: Predictor;
  private readonly classOutput?: ClassOutput;
  private readonly numberOutput?: NumberOutput;
  private readonly isScalable: boolean;
  readonly explanations: Explanations;
  private unit = 1;

  /** @throws ArtifactError where the parts do not fit one another, or could not score every finite row */
  constructor(readonly artifact: Artifact) {
    this.columns = artifact.columns;
    this.columnNames = Object.freeze(artifact.columns.map(({ name }) => name));
    this.classes = Object.freeze(artifact.task === 'classification' ? [...artifact.classes] : []);
    const { input, readers, offsets } = bindColumns(this.columns);
    [this.input, this.readers, this.offsets] = [input, readers, offsets];
    this.pipeline = COMPILE_CONTEXT.pipeline(artifact.pipeline, this.input, 'pipeline');
    const { output: row } = this.pipeline;
    this.predictor = COMPILE_CONTEXT.predictor(artifact.predictor, row, 'predictor');
    const { scores } = this.predictor;
    if (artifact.task === 'classification') {
      const kind = classOutputKind(artifact.output);
      this.classOutput = kind.compile(artifact.output, scores, this.classes.length, 'output');
    } else {
      const kind = numberOutputKind(artifact.output);
      this.numberOutput = kind.compile(artifact.output, scores, 0, 'output');
    }
    const unitOf = () => this.unit;
    this.explanations = new Explanations(artifact, this.pipeline, this.predictor, offsets, unitOf);
    const scalable = this.pipeline.scalable && this.predictor.scalable;
    this.isScalable = scalable !== undefined && this.classOutput !== undefined;
    if (this.isScalable) this.checkMagnitude();
  }

  get hasProbabilities(): boolean {
    return this.classOutput?.hasProbabilities ?? false;
  }

  /** Fills the input row from an object by column name; `false` where a value is faulty. */
  read(record: Readonly<Record<string, unknown>>): boolean {
    const { readers, columnNames } = this;
    this.clearInput();
    for (let j = 0; j < readers.length; j++) {
      if (!readers[j]!.read(record[columnNames[j]!])) return false;
    }
    return true;
  }

  /** Fills the input row from values in the order of the columns; `false` where one is faulty or their number differs. */
  readValues(values: ArrayLike<unknown>): boolean {
    const { readers } = this;
    if (values.length !== readers.length) return false;
    this.clearInput();
    for (let j = 0; j < readers.length; j++) {
      if (!readers[j]!.read(values[j])) return false;
    }
    return true;
  }

  /** What column `index` is in the row that was read last: its value or code, NaN where it is missing. */
  columnValue(index: number): number {
    const value = this.input.values[this.offsets[index]!]!;
    // Scoring may have left the row in its small unit.
    return this.unit === 1 ? value : value / this.unit;
  }

  /** Why a value is not one of column `index`; `undefined` where it is. `undefined` itself is a missing field. */
  fault(index: number, value: unknown): ColumnFault | undefined {
    const column = this.columnNames[index]!;
    if (value === undefined) return { column, type: 'missing', message: 'Field required' };
    const fault = this.readers[index]!.fault(value);
    return fault && { column, ...fault };
  }

  /** Every fault of a record's columns; fields that are no column are not looked at. */
  faults(record: Readonly<Record<string, unknown>>): ColumnFault[] {
    return this.columnNames
      .map((name, j) => this.fault(j, Object.hasOwn(record, name) ? record[name] : undefined))
      .filter((fault) => fault !== undefined);
  }

  /**
   * Scores the row that was read last.
   * @throws UnscorableRowError where there is no finite answer
   */
  run(): void {
    if (!this.tryRun()) throw new UnscorableRowError();
  }

  /**
   * Most rows for one call of `scoreBlock`; a full block takes at most about 25 ms, so a caller with more rows
   * splits them and lets the event loop run in between.
   */
  get blockSize(): number {
    return this.predictor.batch?.blockSize ?? DEFAULT_BLOCK_SIZE;
  }

  /**
   * Scores the rows 0 to `count` - 1 at once: `read` fills the input with one (through `read` or `readValues`
   * of this model) and says whether it is valid; then `scored` is called for each of those in order and may ask
   * for its class, probabilities or value, or `unscorable` for one without a finite answer.
   * @throws RangeError for more rows than `blockSize`
   */
  scoreBlock(
    count: number,
    read: (row: number) => boolean,
    scored: (row: number) => void,
    unscorable: (row: number) => void,
  ): void {
    if (count > this.blockSize) throw new RangeError(`a block has at most ${this.blockSize} rows`);
    const { batch } = this.predictor;
    this.unit = 1;
    if (!batch) {
      for (let row = 0; row < count; row++) {
        if (!read(row)) continue;
        if (this.tryRun()) scored(row);
        else unscorable(row);
      }
      return;
    }
    const held: number[] = [];
    for (let row = 0; row < count; row++) {
      if (!read(row)) continue;
      this.pipeline.run(1);
      batch.hold(held.length);
      held.push(row);
    }
    batch.run(held.length);
    for (const [index, row] of held.entries()) {
      batch.take(index);
      if (this.hasFiniteScores()) scored(row);
      else unscorable(row);
    }
  }

  /** Index into `classes` of the predicted class; the first of equal scores, as scikit-learn does. */
  classIndex(): number {
    return this.classOutput!.classIndex(this.unit);
  }

  /**
   * One probability for each class, or `undefined` for a model that has none. They can tie where the scores
   * do not: take the class from `classIndex`. Written to `result`, a new array where none is given.
   */
  probabilities(result?: Float64Array): Float64Array | undefined {
    if (!this.hasProbabilities) return undefined;
    const probabilities = result ?? new Float64Array(this.classes.length);
    this.classOutput!.probabilities(this.unit, probabilities);
    return probabilities;
  }

  /**
   * The predicted number of a regressor.
   * @throws UnscorableRowError where it is not finite
   */
  value(): number {
    const value = this.numberOutput!.value();
    if (!Number.isFinite(value)) throw new UnscorableRowError();
    return value;
  }

  /**
   * Reads and scores one row in the order of the columns, for callers that score few.
   * @throws RangeError for values that the columns do not take; UnscorableRowError as `run` does
   */
  score(values: ArrayLike<unknown>): Answer {
    if (!this.readValues(values)) throw new RangeError('the values do not fit the columns');
    this.run();
    if (this.numberOutput) return { task: 'regression', value: this.value() };
    const classIndex = this.classIndex();
    const probabilities = this.probabilities();
    const label = this.classes[classIndex]!;
    return { task: 'classification', classIndex, label, ...(probabilities && { probabilities }) };
  }

  private clearInput(): void {
    this.unit = 1;
    const { values, nonzero } = this.input;
    if (nonzero) clear({ values, nonzero });
  }

  /** Scores the row; `false` where there is no finite answer. */
  private tryRun(): boolean {
    this.unit = 1;
    if (this.runInUnit()) return true;
    if (!this.isScalable) return false;
    this.unit = SMALL_UNIT;
    const { values } = this.input;
    for (let j = 0; j < values.length; j++) values[j] = values[j]! * SMALL_UNIT;
    return this.runInUnit();
  }

  /** Fills the scores with multiples of the unit; says whether all of them are finite. */
  private runInUnit(): boolean {
    this.pipeline.run(this.unit);
    this.predictor.run(this.unit);
    return this.hasFiniteScores();
  }

  private hasFiniteScores(): boolean {
    const { scores } = this.predictor;
    for (let k = 0; k < scores.length; k++) {
      if (!Number.isFinite(scores[k])) return false;
    }
    return true;
  }

  private checkMagnitude(): void {
    const inputBound = Number.MAX_VALUE * SMALL_UNIT;
    const rowBound = this.pipeline.scalable!.bound(inputBound, SMALL_UNIT);
    if (Number.isFinite(this.predictor.scalable!.bound(rowBound, SMALL_UNIT))) return;
    throw new ArtifactError('predictor', 'has weights too large to score every finite row');
  }
}
