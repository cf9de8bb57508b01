import { type Baseline, BaselineCollector, type CompiledModel } from '@inferserve/model';
import { CommandError } from '../command.error';
import { rowFormatOf } from '../files/row-file';
import { FaultList } from '../predictions/fault-list';
import { type ScoredRow, scoreRows } from '../predictions/score-rows';
import { openRows } from '../rows/open-rows';
import { ProgressBar } from '../terminal/progress-bar';
import type { OutputStream } from '../terminal/terminal';

/**
 * The baseline that the rows of a .csv, .ndjson or .jsonl file give; read row by row.
 * @throws CommandError for a file that cannot be read or holds no rows, and with the lines of all faulty rows
 */
export async function readBaseline(
  model: CompiledModel,
  path: string,
  progress: OutputStream,
): Promise<Baseline> {
  const format = rowFormatOf(path);
  if (format === undefined) {
    throw new CommandError(
      `--baseline needs a .csv, .ndjson or .jsonl file; the name of ${path} ends otherwise.`,
      2,
    );
  }
  const bar = new ProgressBar(progress, true);
  const collector = new BaselineCollector(model);
  const faults = new FaultList();
  try {
    const { rows } = await openRows(path, format, model, bar);
    for await (const block of scoreRows(model, rows, false)) {
      for (const scored of block) take(scored, model, collector, faults);
      bar.add(block.length);
    }
  } catch (cause) {
    if (!(cause instanceof CommandError) || cause.message.includes(path)) throw cause;
    throw new CommandError(`${path}: ${cause.message}`, 1, { cause });
  } finally {
    bar.clear();
  }
  if (faults.count > 0) {
    throw new CommandError(
      `${path} holds rows that the model does not take, so it is no baseline for it:\n${faults.text}Correct or remove these rows.`,
    );
  }
  return collector.finish() ?? noRows(path);
}

function take(
  scored: ScoredRow,
  { classes }: CompiledModel,
  collector: BaselineCollector,
  faults: FaultList,
): void {
  if ('faults' in scored) {
    faults.add(scored);
    return;
  }
  const { answer } = scored.prediction;
  collector.add(scored.row.values, classes.length > 0 ? classes.indexOf(answer) : Number(answer));
}

function noRows(path: string): never {
  throw new CommandError(`${path} holds no rows.`);
}
