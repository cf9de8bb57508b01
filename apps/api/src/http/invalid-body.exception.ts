import { HttpException, HttpStatus } from '@nestjs/common';
import type { Fault } from './error-responses.dto';

/** 422 with every fault of the body. */
export class InvalidBodyException extends HttpException {
  constructor(faults: readonly Fault[], options?: { cause: unknown }) {
    super({ detail: faults }, HttpStatus.UNPROCESSABLE_ENTITY, options);
  }
}
