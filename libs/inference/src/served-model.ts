import {
  type Answer,
  type Artifact,
  type ClassLabel,
  type ColumnFault,
  type ColumnSpec,
  type CompiledModel,
  type Explanations,
  compileArtifact,
  compileBaseline,
  type ExampleAnswer,
  exampleRow,
  type RowWarning,
  RowWarnings,
  UnscorableRowError,
} from '@inferserve/model';
import { AnswerTally } from './answer-tally';
import { type ModelDescription, describeColumns } from './model-description';
import type { Predictions } from './predictions';
import { TrafficStatistics } from './traffic/traffic-statistics';

/** Values by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** A row of valid values, and what the model answers to it. */
export interface ModelExample {
  readonly row: Row;
  readonly answer: ExampleAnswer;
}

/**
 * One verified model: reads rows, answers them and counts its answers. Complete when constructed; only its
 * counters change. Reading and answering share scratch space, so no other row may be read in between (both
 * are synchronous).
 */
export class ServedModel {
  readonly task: Artifact['task'];
  readonly columns: readonly ColumnSpec[];
  readonly columnNames: readonly string[];
  /** Empty for regression. */
  readonly classes: readonly ClassLabel[];
  readonly hasProbabilities: boolean;
  readonly description: ModelDescription;
  readonly example: ModelExample;
  /** The answers so far. */
  readonly tally: AnswerTally;
  /** How the rows that were answered compare with the training rows; absent where the artifact has no baseline. */
  readonly traffic?: TrafficStatistics;
  /** Names of what a row may have beside the columns: the model was fitted on it and does not use it. */
  readonly unusedNames: ReadonlySet<string>;
  /** Names that a row may have: those of its columns and the unused ones. */
  readonly fieldNames: ReadonlySet<string>;
  private readonly compiled: CompiledModel;
  private readonly rowWarnings: RowWarnings;

  /**
   * @param name, version under which it is served; the artifact's own unless its folders say otherwise
   * @throws ArtifactError where the model does not reproduce its verification cases
   */
  constructor(
    readonly artifact: Artifact,
    readonly name = artifact.name,
    readonly version = artifact.version,
  ) {
    this.compiled = compileArtifact(artifact);
    this.task = artifact.task;
    this.columns = this.compiled.columns;
    this.columnNames = this.compiled.columnNames;
    const isColumn = new Set(this.columnNames);
    this.unusedNames = new Set(artifact.unusedColumns?.filter((column) => !isColumn.has(column)));
    this.fieldNames = new Set([...this.columnNames, ...this.unusedNames]);
    this.classes = this.compiled.classes;
    this.hasProbabilities = this.compiled.hasProbabilities;
    this.tally = new AnswerTally(name, version, artifact);
    const baseline = compileBaseline(artifact);
    this.rowWarnings = new RowWarnings(this.compiled, baseline);
    if (baseline) this.traffic = new TrafficStatistics(baseline, this.columnNames);
    const { input, answer } = exampleRow(artifact, this.compiled);
    this.example = {
      row: Object.fromEntries(this.columnNames.map((column, j) => [column, input[j]])),
      answer,
    };
    this.description = describeColumns(artifact.columns, input);
  }

  /** Reads a row by column name; `false` where a value is faulty. Other fields are not looked at. */
  read(row: Row): boolean {
    return this.compiled.read(row);
  }

  /** Whether a row that `read` took has other fields than the columns and those that the model does not use. */
  hasUnknownFields(row: Row): boolean {
    const { unusedNames, columnNames } = this;
    let others = -columnNames.length;
    for (const name in row) if (!unusedNames.has(name)) others++;
    return others !== 0;
  }

  /** Reads a row of values in the order of the columns; `false` where one is faulty or their number differs. */
  readValues(values: ArrayLike<unknown>): boolean {
    return this.compiled.readValues(values);
  }

  /** Why a value is not one of the column at `index`; `undefined` where it is. */
  fault(index: number, value: unknown): ColumnFault | undefined {
    return this.compiled.fault(index, value);
  }

  /**
   * Answers the row that was read last, and counts the answer.
   * @throws UnscorableRowError where the model has no finite answer
   */
  answer(withProbabilities = false): Answer {
    const answer = this.score(withProbabilities);
    if (answer.task === 'regression') this.tally.countValue(answer.value);
    else this.tally.countClass(answer.classIndex);
    this.traffic?.count(
      this.compiled,
      answer.task === 'regression' ? answer.value : answer.classIndex,
    );
    return answer;
  }

  /**
   * Answers the row that was read last, without counting the answer.
   * @throws UnscorableRowError where the model has no finite answer
   */
  score(withProbabilities = false): Answer {
    const { compiled } = this;
    compiled.run();
    if (this.task === 'regression') return { task: 'regression', value: compiled.value() };
    const classIndex = compiled.classIndex();
    const label = this.classes[classIndex]!;
    const probabilities = withProbabilities ? compiled.probabilities() : undefined;
    return probabilities
      ? { task: 'classification', classIndex, label, probabilities }
      : { task: 'classification', classIndex, label };
  }

  /** Whether anything is known of the training rows that a row can be compared with. */
  get hasWarnings(): boolean {
    return this.rowWarnings.isPossible;
  }

  /** The columns of the row that was read last whose values lie outside of the training rows. */
  warnings(): readonly RowWarning[] {
    return this.rowWarnings.read();
  }

  /** How the answer to the row that was scored last came about. */
  get explanations(): Explanations {
    return this.compiled.explanations;
  }

  /** Most rows of one `scoreBlock`, which takes at most about 25 ms. */
  get blockSize(): number {
    return this.compiled.blockSize;
  }

  /**
   * Scores rows `first` to `first + count - 1` into `predictions`, without counting them. `read` has this model
   * read one row and says whether it is valid; `unscorable` is called for rows without a finite answer.
   */
  scoreBlock(
    predictions: Predictions,
    first: number,
    count: number,
    read: (row: number) => boolean,
    unscorable: (row: number) => void,
  ): void {
    const { compiled, traffic } = this;
    const { classIndices, values, probabilities, traffic: counts } = predictions;
    const classCount = this.classes.length;
    const shares = new Float64Array(classCount);
    const valued = (row: number): void => {
      const value = finiteValue(compiled);
      if (value === undefined) unscorable(first + row);
      else values[first + row] = value;
    };
    const classified = (row: number): void => {
      classIndices[first + row] = compiled.classIndex();
      if (!probabilities) return;
      compiled.probabilities(shares);
      const at = (first + row) * classCount;
      for (let k = 0; k < classCount; k++) probabilities[at + k] = shares[k]!;
    };
    compiled.scoreBlock(
      count,
      (row) => {
        if (!read(first + row)) return false;
        if (counts) traffic!.countRow(compiled, counts);
        return true;
      },
      this.task === 'regression' ? valued : classified,
      (row) => unscorable(first + row),
    );
  }

  /** Counts answers that `scoreBlock` gave and that are sent. */
  countAnswers({ count, classIndices, values, traffic: counts }: Predictions): void {
    const { tally, traffic } = this;
    const isRegression = this.task === 'regression';
    for (let i = 0; i < count; i++) {
      if (isRegression) tally.countValue(values[i]!);
      else tally.countClass(classIndices[i]!);
      if (counts) traffic!.countPrediction(isRegression ? values[i]! : classIndices[i]!, counts);
    }
    if (counts) traffic!.endBatch(counts);
  }

  /** Answers so far, one count for each class; a single count for regression. */
  get answerCounts(): readonly number[] {
    return this.task === 'regression' ? [this.tally.total] : [...this.tally.counts];
  }

  /** Forgets the answers so far: for those of a warm-up. */
  resetCounts(): void {
    this.tally.reset();
    this.traffic?.reset();
  }

  /** Whether the model still gives the answer of its first verification case. */
  isSound(): boolean {
    const { compiled, artifact } = this;
    const [stated] = artifact.verification.cases;
    if (!compiled.readValues(stated!.input)) return false;
    compiled.run();
    return 'label' in stated!
      ? this.classes[compiled.classIndex()] === stated.label
      : Number.isFinite(compiled.value());
  }
}

/** The value of a regressor; `undefined` where it is not finite. */
function finiteValue(compiled: CompiledModel): number | undefined {
  try {
    return compiled.value();
  } catch (error) {
    if (error instanceof UnscorableRowError) return undefined;
    throw error;
  }
}
