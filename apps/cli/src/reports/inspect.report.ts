import type { FileReport } from '@inferserve/model-import';
import { listed } from '../terminal/listed';
import { table } from '../terminal/table';
import { stepLines } from './step-lines';

/** What `inferserve inspect` found, one fact per row. */
export function inspectReport(report: FileReport): string {
  const { model, estimators, globals, foreignGlobals, operators, refusal } = report;
  return table([
    ['file', [report.what]],
    ['format', [report.format]],
    [
      'estimators',
      estimators.map(({ path, type, role }) => `${type}  ${role}${path && `  at "${path}"`}`),
    ],
    ['operators', operators.length > 0 ? [operators.join(', ')] : []],
    ['classes used', globals.length > 0 ? [listed(globals)] : []],
    ['not allowed', foreignGlobals],
    ...(model ? modelFacts(model) : []),
    ['import', [refusal === undefined ? 'possible' : `not possible: ${refusal}`]],
  ]);
}

function modelFacts(model: NonNullable<FileReport['model']>): [string, readonly string[]][] {
  const { featureNames, featureCount, classes } = model;
  return [
    ['scikit-learn', [model.sklearnVersion ?? 'not stated']],
    ['steps', stepLines(model.steps)],
    ['task', [model.task]],
    ['columns', [featureNames ? listed(featureNames) : `${featureCount}, without names`]],
    ['classes', classes.length > 0 ? [listed(classes.map((label) => JSON.stringify(label)))] : []],
    ['output', [model.output]],
    ['warnings', model.warnings],
  ];
}
