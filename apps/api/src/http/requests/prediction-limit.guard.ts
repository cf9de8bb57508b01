import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { RateLimitGuard } from '@inferserve/rate-limit';
import { WarmUp } from './warm-up';

/** The limit of all prediction routes, whatever their protocol; the warm-up is not limited. */
@Injectable()
export class PredictionLimitGuard extends RateLimitGuard {
  @Inject(WarmUp) private readonly warmUp!: WarmUp;

  override canActivate(context: ExecutionContext): Promise<boolean> {
    return this.warmUp.isRunning ? Promise.resolve(true) : super.canActivate(context);
  }
}
