import { Command } from 'commander';
import { type FileReport, inspectFile, ModelImportError } from '@inferserve/model-import';
import { CommandError } from '../command.error';
import { readInputFile } from '../files/input-file';
import { isMlflowFolder, readMlflowFolder } from '../mlflow/mlflow-folder';
import { jsonOption } from '../options/json.option';
import { inspectReport } from '../reports/inspect.report';
import { printable } from '../terminal/printable';
import type { Terminal } from '../terminal/terminal';

interface InspectOptions {
  readonly select?: string;
  readonly json?: boolean;
}

/** `inferserve inspect`: describes a model file without loading it. */
export function createInspectCommand({ stdout }: Terminal): Command {
  return new Command('inspect')
    .description('Describes the contents of a model file without running or importing anything.')
    .argument('<file>', 'a model file of any supported format, or a folder that MLflow wrote')
    .option('--select <path>', 'which model of a file that holds several')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit code: 0 the file was read, 1 it could not be read, 2 invalid arguments.',
    )
    .action((file: string, { select, json }: InspectOptions) => {
      const report = inspect(file, select);
      stdout.write(
        json ? `${JSON.stringify(report, null, 2)}\n` : printable(inspectReport(report)),
      );
    });
}

function inspect(path: string, select: string | undefined): FileReport {
  const { bytes } = readInputFile(isMlflowFolder(path) ? readMlflowFolder(path).file : path);
  try {
    return inspectFile(bytes, select);
  } catch (cause) {
    if (!(cause instanceof ModelImportError)) throw cause;
    throw new CommandError(`${path}: ${cause.message}`, 1, { cause });
  }
}
