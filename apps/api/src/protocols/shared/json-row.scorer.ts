import { Inject, Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { ClassLabel } from '@inferserve/model';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';
import { isRowList } from '../../http/body/row-table';
import { JsonRows } from './json-rows';
import { type BodyPath, requestFault } from './request-fault';
import { RowScorer } from './row-scorer';

/** Predicts rows of JSON all together: a class or a number for each. */
@Injectable()
export class JsonRowScorer {
  constructor(
    private readonly scorer: RowScorer,
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
    if (!isRowList(rows)) throw requestFault(path, 'Input should be a list', 'list_type');
    const { maxBatchRows } = this.environment;
    if (rows.length > maxBatchRows) {
      throw requestFault(path, `There should be at most ${maxBatchRows} rows`, 'too_long');
    }
    const source = new JsonRows(model, rows, path);
    const { values, classIndices } = await this.scorer.score(model, source, false);
    return model.task === 'regression'
      ? [...values]
      : Array.from(classIndices, (index) => model.classes[index]!);
  }
}
