import { applyDecorators, Controller, SetMetadata } from '@nestjs/common';

/** Metadata key of the paths of a controller of probes. */
export const PROBE_PATHS = 'inferserve:probe-paths';

/**
 * A controller of probes: answered under overload as well, never limited, not logged.
 * @param routes those of it, below its path; without them all that is there
 */
export const ProbeController = (path: string, routes?: readonly string[]): ClassDecorator =>
  applyDecorators(
    Controller(path),
    SetMetadata(PROBE_PATHS, routes?.map((route) => `/${path}/${route}`) ?? [`/${path}`]),
  ) as ClassDecorator;
