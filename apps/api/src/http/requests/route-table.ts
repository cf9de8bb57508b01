import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { ErrorRenderer } from '../errors/error-renderer';
import { PROBE_PATHS } from './probe.decorator';
import { PROTOCOL_ROUTES, type ProtocolRoutes } from './protocol.decorator';

/** What is known of routes by the metadata of their controllers, for whatever sees a request before routing. */
@Injectable()
export class RouteTable implements OnModuleInit {
  /** Label of a request that met no route. */
  readonly unmatched = 'unmatched';
  private probes = patternOf([]);
  private readonly protocols: ProtocolRoutes[] = [];
  private readonly mounts: string[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const probePaths: string[] = [];
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const probes = this.reflector.get<readonly string[] | undefined>(PROBE_PATHS, metatype);
      const protocol = this.reflector.get<ProtocolRoutes | undefined>(PROTOCOL_ROUTES, metatype);
      if (probes !== undefined) probePaths.push(...probes);
      if (protocol !== undefined) this.protocols.push(protocol);
    }
    this.probes = patternOf(probePaths);
  }

  /** Names what is served below a path by something else than a controller. */
  mount(path: string): void {
    this.mounts.push(path);
  }

  /** Whether a URL, or the label of a route, is that of a probe. */
  isProbe(url: string): boolean {
    return this.probes.test(url);
  }

  /** The error form of the protocol that answers there. */
  errorsAt(url: string, fallback: ErrorRenderer): ErrorRenderer {
    return this.protocols.find(({ path }) => isBelow(url, path))?.errors ?? fallback;
  }

  /** The pattern of the route that a request met, for logs and metrics. */
  labelOf({ route, url, originalUrl }: Request): string {
    const { path } = (route as { path?: unknown } | undefined) ?? {};
    if (typeof path === 'string') return path;
    const mount = this.mounts.find((each) => (originalUrl ?? url).startsWith(each));
    return mount ?? this.unmatched;
  }
}

/** Matches what is at or below these paths, whose parameters stand for one part each. */
function patternOf(paths: readonly string[]): RegExp {
  const patterns = paths.map((path) => path.replaceAll(/:[^/]+/g, '[^/?]+'));
  return patterns.length === 0 ? /$^/ : new RegExp(`^(?:${patterns.join('|')})(?:[/?]|$)`);
}

function isBelow(url: string, path: string): boolean {
  if (!url.startsWith(path)) return false;
  const next = url.charAt(path.length);
  return next === '' || next === '/' || next === '?';
}
