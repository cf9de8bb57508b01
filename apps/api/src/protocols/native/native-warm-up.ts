import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModelRegistry } from '@inferserve/inference';
import { WarmUp } from '../../http/requests/warm-up';

/** Has the warm-up ask for predictions of the default model's example. */
@Injectable()
export class NativeWarmUp implements OnModuleInit {
  constructor(
    private readonly warmUp: WarmUp,
    private readonly registry: ModelRegistry,
  ) {}

  onModuleInit(): void {
    const row = () => this.registry.default.example.row;
    const after = () => {
      if (this.registry.hasDefault) this.registry.default.resetCounts();
    };
    this.warmUp.add({ path: '/predict', body: row, after });
    this.warmUp.add({ path: '/predict/batch', body: () => ({ instances: [row(), {}] }), after });
  }
}
