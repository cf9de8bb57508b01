import { applyDecorators, Controller, SetMetadata } from '@nestjs/common';

/** Metadata key of the path of a controller of probes. */
export const PROBE_PATH = 'inferserve:probe-path';

/** A controller of probes: answered under overload as well, never limited, not logged. */
export const ProbeController = (path: string): ClassDecorator =>
  applyDecorators(Controller(path), SetMetadata(PROBE_PATH, `/${path}`)) as ClassDecorator;
