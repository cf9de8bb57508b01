import type { IncomingMessage } from 'node:http';

/** Paths that are answered as others are, whatever their query. */
export class RouteAliases {
  private readonly targets: ReadonlyMap<string, string>;

  /** @param targets what each path stands for; one without a path is left out */
  constructor(targets: readonly (readonly [path: string | undefined, target: string])[]) {
    this.targets = new Map(
      targets.flatMap(([path, target]) => (path === undefined ? [] : [[path, target] as const])),
    );
  }

  /** Puts the path that is meant into the place of an alias. */
  apply(request: IncomingMessage): void {
    if (this.targets.size === 0) return;
    const url = request.url!;
    const end = url.indexOf('?');
    const target = this.targets.get(end < 0 ? url : url.slice(0, end));
    if (target !== undefined) request.url = target + (end < 0 ? '' : url.slice(end));
  }
}
