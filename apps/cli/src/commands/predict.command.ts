import { Command, Option } from 'commander';
import { type CompiledModel } from '@inferserve/model';
import { CommandError } from '../command.error';
import { type RowFormat, rowFormatOf, statedRowFormat } from '../files/row-file';
import { fileOutput, streamOutput, type TextOutput } from '../files/text-output';
import { compileModel, openModel } from '../models/open-model';
import { artifactsDirOption } from '../options/artifacts-dir.option';
import { addConversionOptions, type ConversionOptions } from '../options/conversion.options';
import { csvFormat } from '../predictions/csv-format';
import { FaultList } from '../predictions/fault-list';
import { ndjsonFormat } from '../predictions/ndjson-format';
import { scoreRows } from '../predictions/score-rows';
import { openRows } from '../rows/open-rows';
import { ProgressBar } from '../terminal/progress-bar';
import { printable } from '../terminal/printable';
import type { Terminal } from '../terminal/terminal';

interface PredictOptions extends ConversionOptions {
  readonly output?: string;
  readonly format?: RowFormat;
  readonly probabilities?: boolean;
  readonly artifactsDir: string;
}

/** `inferserve predict`: scores the rows of a file without a server, with the code of the server. */
export function createPredictCommand(terminal: Terminal): Command {
  const command = new Command('predict')
    .description(
      `Scores the rows of a CSV file with a header line, or of an NDJSON file (one object per line), and writes the predictions in the same order. The numbers are those of the server. Files of any length take little memory.

A row with faults gets no prediction: the faults are listed with their line numbers, and the exit code is 1.`,
    )
    .argument(
      '<model>',
      'a model file of any supported format, an artifact or its folder, or NAME or NAME@VERSION from the artifacts directory',
    )
    .argument('<rows>', 'a .csv, .ndjson or .jsonl file, or - for the standard input')
    .option('-o, --output <file>', 'where to write, in the format of its name (default: stdout)')
    .addOption(
      new Option(
        '--format <format>',
        'format of the rows, if their name does not state it',
      ).choices(['csv', 'ndjson']),
    )
    .option('--probabilities', 'add the probability of every class')
    .addHelpText('after', '\nExit code: 0 every row scored, 1 not all, 2 invalid arguments.');
  return addConversionOptions(command)
    .addOption(artifactsDirOption())
    .action(async (model: string, rows: string, options: PredictOptions) => {
      const inputFormat = options.format ?? statedRowFormat(rows);
      const compiled = compileModel(await openModel(model, options));
      const { output } = options;
      const outputFormat = (output === undefined ? undefined : rowFormatOf(output)) ?? inputFormat;
      const target =
        output === undefined ? streamOutput(terminal.stdout) : await fileOutput(output);
      try {
        const faults = await predict(compiled, rows, inputFormat, outputFormat, target, {
          withProbabilities: options.probabilities ?? false,
          bar: new ProgressBar(terminal.stderr, output !== undefined || !terminal.stdout.isTTY),
        });
        await target.end();
        if (faults.count === 0) return;
        terminal.stderr.write(printable(faults.text));
        throw new CommandError(
          `${faults.count} row${faults.count === 1 ? '' : 's'} of ${rows} could not be scored. Correct the lines above and try again.`,
        );
      } catch (error) {
        await target.abort();
        throw error;
      }
    });
}

async function predict(
  model: CompiledModel,
  path: string,
  inputFormat: RowFormat,
  outputFormat: RowFormat,
  target: TextOutput,
  { withProbabilities, bar }: { readonly withProbabilities: boolean; readonly bar: ProgressBar },
): Promise<FaultList> {
  const faults = new FaultList();
  try {
    const { header, rows } = await openRows(path, inputFormat, model, bar);
    const format =
      outputFormat === 'csv' ? csvFormat(model, header, withProbabilities) : ndjsonFormat(model);
    if (format.head !== '') await target.write(format.head);
    for await (const block of scoreRows(model, rows, withProbabilities)) {
      for (const scored of block) faults.add(scored);
      await target.write(block.map((scored) => format.row(scored)).join(''));
      bar.add(block.length);
    }
    return faults;
  } catch (cause) {
    if (!(cause instanceof CommandError) || cause.message.includes(path)) throw cause;
    throw new CommandError(`${path}: ${cause.message}`, 1, { cause });
  } finally {
    bar.clear();
  }
}
