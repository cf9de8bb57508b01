import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { RateLimitGuard } from '@inferserve/rate-limit';
import type { Request } from 'express';
import { ACCESS } from '../../access/access';
import type { AccessControl } from '../../access/access-control';
import { AccessMetrics } from '../../access/access-metrics';
import { ProblemException } from '../errors/problem.exception';
import { WarmUp } from './warm-up';

/** One for all: making an exception for each request would make a flood of them expensive. */
const UNAUTHORIZED = {
  absent: new ProblemException({ kind: 'unauthorized', reason: 'absent' }),
  unknown: new ProblemException({ kind: 'unauthorized', reason: 'unknown' }),
} as const;

/**
 * The limit of all prediction routes, whatever their protocol, and the API keys where there are any: a client with
 * a key is counted by its name, all others by their address. The warm-up is not limited.
 * @throws ProblemException for a key that nobody has, and for no key where one is required
 */
@Injectable()
export class PredictionLimitGuard extends RateLimitGuard {
  @Inject(WarmUp) private readonly warmUp!: WarmUp;
  /** Nest leaves a property alone whose provider is null. */
  @Inject(ACCESS) private readonly access?: AccessControl;
  @Inject(AccessMetrics) private readonly accessMetrics!: AccessMetrics;

  override canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.warmUp.isRunning) return Promise.resolve(true);
    return this.access ? this.admit(context, this.access) : super.canActivate(context);
  }

  private async admit(context: ExecutionContext, access: AccessControl): Promise<boolean> {
    const credential = access.identify(context.switchToHttp().getRequest<Request>());
    if (typeof credential === 'object') {
      return this.limitByName(context, `@${credential.name}`, credential.limit);
    }
    if (credential === 'absent' && !access.isRequired) return super.canActivate(context);
    this.accessMetrics.failed(credential);
    // Counted, so that nobody tries keys faster than the limit allows.
    if (credential === 'unknown') await super.canActivate(context);
    throw UNAUTHORIZED[credential];
  }
}
