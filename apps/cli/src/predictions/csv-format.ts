import type { CompiledModel } from '@inferserve/model';
import { CommandError } from '../command.error';
import type { PredictionFormat } from './prediction-format';
import type { ScoredRow } from './score-rows';

/**
 * CSV (RFC 4180, line feeds): the columns of the input, then the answer, then one column per probability. A row without
 * an answer has none there.
 * @throws CommandError where the input has a column of the name of one of these
 */
export function csvFormat(
  { artifact, classes }: CompiledModel,
  header: readonly string[],
  withProbabilities: boolean,
): PredictionFormat {
  const answer = artifact.task === 'regression' ? 'predicted_value' : 'predicted_class';
  const shares = withProbabilities ? classes.map((label) => `probability_${String(label)}`) : [];
  const taken = [answer, ...shares].find((name) => header.includes(name));
  if (taken !== undefined) {
    throw new CommandError(`has a column "${taken}" already. Rename or remove it.`);
  }
  const line = (fields: readonly string[]) => `${fields.map(quoted).join(',')}\n`;
  return {
    head: line([...header, answer, ...shares]),
    row: (scored) => line([...scored.row.fields, ...answerFields(scored, shares.length)]),
  };
}

function answerFields(scored: ScoredRow, shareCount: number): readonly string[] {
  if (!('prediction' in scored)) return ['', ...Array.from({ length: shareCount }, () => '')];
  const { answer, probabilities } = scored.prediction;
  return [String(answer), ...Array.from(probabilities ?? [], String)];
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
