import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import { type Environment, environmentConfig } from '../environment';
import { BodyValidator } from '../http/body-validator';
import { InvalidBodyException } from '../http/invalid-body.exception';
import { BatchRequest } from './batch.dto';

/** Lets `{"instances": […]}` with no more rows than allowed through; the rows are the controller's to check. */
@Injectable()
export class BatchRequestPipe implements PipeTransform<unknown, BatchRequest> {
  private readonly validator = new BodyValidator(BatchRequest);
  private readonly maxRows: number;

  constructor(@Inject(environmentConfig.KEY) { maxBatchRows }: Environment) {
    this.maxRows = maxBatchRows;
  }

  transform(body: unknown): BatchRequest {
    const batch = this.validator.validate(body);
    if (batch.instances.length > this.maxRows) {
      throw new InvalidBodyException([
        {
          loc: ['body', 'instances'],
          msg: `Input should have at most ${this.maxRows} rows`,
          type: 'too_long',
        },
      ]);
    }
    return batch;
  }
}
