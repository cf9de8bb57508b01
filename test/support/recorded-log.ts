import { Logger } from '@nestjs/common';

export interface RecordedLog {
  readonly errors: string[];
  readonly warnings: string[];
}

/** For the top of a `describe`: what Nest's loggers are given in each of its tests, instead of printing it. */
export function recordedLog(): RecordedLog {
  const log: RecordedLog = { errors: [], warnings: [] };
  beforeEach(() => {
    log.errors.length = log.warnings.length = 0;
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
    jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((text: string) => log.warnings.push(text));
    jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((text: string) => log.errors.push(text));
  });
  afterEach(() => jest.restoreAllMocks());
  return log;
}
