import { parseArgs } from 'node:util';
import { type FileReport, inspectFile, ModelImportError } from '@inferserve/model-import';
import type { Command } from '../command';
import { CommandError } from '../command.error';
import { onlyFile } from './import.options';
import { listed, stepLines, table } from './import.report';
import { readInputFile } from './input-file';

const HELP = `Usage: inferserve inspect FILE [options]

Says what a model file holds, whatever it is, without running or importing anything.

Options:
  --select PATH   which model of a file that holds several
  --json          print the findings as JSON
  -h, --help      show this text

Exit code: 0 for any file that could be read, 1 otherwise, 2 wrong call.
`;

/** Describes a model file. */
export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'say what a model file holds',
  help: HELP,
  run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { select: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const path = onlyFile(positionals);
    const report = inspect(path, values.select);
    process.stdout.write(
      values.json ? `${JSON.stringify(report, null, 2)}\n` : inspectReport(report),
    );
    return 0;
  },
};

function inspect(path: string, select: string | undefined): FileReport {
  const { bytes } = readInputFile(path);
  try {
    return inspectFile(bytes, select);
  } catch (cause) {
    if (!(cause instanceof ModelImportError)) throw cause;
    throw new CommandError(`${path}: ${cause.message}`, 1, { cause });
  }
}

function inspectReport(report: FileReport): string {
  const { model, estimators, globals, foreignGlobals, operators, refusal } = report;
  return table([
    ['format', [report.format]],
    [
      'estimators',
      estimators.map(({ path, type, role }) => `${type}  ${role}${path && `  at "${path}"`}`),
    ],
    ['operators', operators.length > 0 ? [operators.join(', ')] : []],
    ['names', globals.length > 0 ? [listed(globals)] : []],
    ['foreign', foreignGlobals],
    ...(model
      ? ([
          ['scikit-learn', [model.sklearnVersion ?? 'not stated']],
          ['steps', stepLines(model.steps)],
          [
            'features',
            [
              model.featureNames
                ? listed(model.featureNames)
                : `${model.featureCount}, without names`,
            ],
          ],
          ['classes', [listed(model.classes.map((label) => JSON.stringify(label)))]],
          ['probabilities', [model.probability]],
          ['warnings', model.warnings],
        ] as const)
      : []),
    ['import', [refusal === undefined ? 'possible' : `refused: ${refusal}`]],
  ]);
}
