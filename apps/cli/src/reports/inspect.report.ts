import type { FileReport } from '@inferserve/model-import';
import { listed } from '../terminal/listed';
import { table } from '../terminal/table';
import { stepLines } from './step-lines';

/** What `inferserve inspect` found, one fact per row. */
export function inspectReport(report: FileReport): string {
  const { model, estimators, globals, foreignGlobals, operators, refusal } = report;
  return table([
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
  const { featureNames, featureCount } = model;
  return [
    ['scikit-learn', [model.sklearnVersion ?? 'not stated']],
    ['steps', stepLines(model.steps)],
    ['features', [featureNames ? listed(featureNames) : `${featureCount}, without names`]],
    ['classes', [listed(model.classes.map((label) => JSON.stringify(label)))]],
    ['probabilities', [model.probability]],
    ['warnings', model.warnings],
  ];
}
