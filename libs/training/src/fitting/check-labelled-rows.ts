import type { LabelledRows } from '../data/dataset';
import { TrainingError } from '../training.error';

/**
 * Refuses everything from which ml-logistic-regression would silently make nonsense: ragged or empty rows,
 * numbers that are not finite, labels other than 0 to k − 1, fewer than two classes, a class without rows.
 * @throws TrainingError that names the first fault by its row
 */
export function checkLabelledRows({ rows, labels }: LabelledRows, classCount: number): void {
  if (!Number.isInteger(classCount) || classCount < 2) {
    throw new TrainingError(`there are ${classCount} classes`, 'A classifier needs two or more.');
  }
  if (rows.length !== labels.length) {
    throw new TrainingError(
      `there are ${rows.length} rows but ${labels.length} labels`,
      'Give one label a row.',
    );
  }
  checkRows(rows);
  const present = new Set(labels);
  for (const [index, label] of labels.entries()) {
    if (!Number.isInteger(label) || label < 0 || label >= classCount) {
      throw new TrainingError(
        `row ${index} has the label ${String(label)}`,
        `Number the classes from 0 to ${classCount - 1}.`,
      );
    }
  }
  for (let k = 0; k < classCount; k++) {
    if (!present.has(k)) {
      throw new TrainingError(`class ${k} has no row`, 'Give rows of every class or leave it out.');
    }
  }
}

function checkRows(rows: LabelledRows['rows']): void {
  const width = rows[0]?.length ?? 0;
  if (width === 0) {
    throw new TrainingError('there are no features', 'Give at least one row with one number.');
  }
  for (const [index, row] of rows.entries()) {
    if (row.length !== width) {
      throw new TrainingError(
        `row ${index} has ${row.length} features and row 0 has ${width}`,
        'Give each row a number for every feature.',
      );
    }
    const column = row.findIndex((value) => !Number.isFinite(value));
    if (column !== -1) {
      throw new TrainingError(
        `row ${index} has ${String(row[column])} for feature ${column}`,
        'Leave the row out or fill in a finite number.',
      );
    }
  }
}
