import { Inject, Injectable } from '@nestjs/common';
import { FaultyRowsError, scoreRows, type ServedModel } from '@inferserve/inference';
import type { ClassLabel } from '@inferserve/model';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';
import { ProblemException } from '../../http/errors/problem.exception';
import { JsonRows } from './json-rows';
import { type BodyPath, requestFault } from './request-fault';

/** Faulty rows beyond these are not looked into. */
const MAX_FAULTY_ROWS = 5;

/** Predicts rows of JSON all together: a class or a number for each. */
@Injectable()
export class JsonRowScorer {
  constructor(
    @Inject(environmentConfig.KEY) private readonly environment: Pick<Environment, 'maxBatchRows'>,
  ) {}

  /**
   * The prediction of each row, in their order.
   * @param path of the rows in the body
   * @throws ProblemException for what is no list, for too many rows, and with the faults of the first faulty rows
   */
  async predict(
    model: ServedModel,
    rows: unknown,
    path: BodyPath,
  ): Promise<readonly (ClassLabel | number)[]> {
    if (!Array.isArray(rows)) throw requestFault(path, 'Input should be a list', 'list_type');
    const { maxBatchRows } = this.environment;
    if (rows.length > maxBatchRows) {
      throw requestFault(path, `There should be at most ${maxBatchRows} rows`, 'too_long');
    }
    const source = new JsonRows(model, rows, path);
    try {
      const { values, classIndices } = await scoreRows(model, source, false);
      return model.task === 'regression'
        ? [...values]
        : Array.from(classIndices, (index) => model.classes[index]!);
    } catch (error) {
      if (!(error instanceof FaultyRowsError)) throw error;
      const { invalid, unscorable } = error;
      throw ProblemException.invalid(
        ...invalid.slice(0, MAX_FAULTY_ROWS).flatMap((row) => source.faultsOf(row)),
        ...unscorable.slice(0, MAX_FAULTY_ROWS).map((row) => ({
          in: 'body' as const,
          path: [...path, row],
          message: 'The model has no finite answer for this row',
          type: 'unscorable_row',
        })),
      );
    }
  }
}
