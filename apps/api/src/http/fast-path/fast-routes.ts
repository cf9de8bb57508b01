import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, HttpAdapterHost, MetadataScanner, ModuleRef } from '@nestjs/core';
import { directRoute } from './direct-route';
import { FastHttpAdapter } from './fast-http-adapter';

/** Has every `POST` route behind the limit answered by a `directRoute`, whatever its protocol. */
@Injectable()
export class FastRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly discovery: DiscoveryService,
    private readonly modules: ModuleRef,
  ) {}

  /** Nest has registered the routes by now. */
  onModuleInit(): void {
    const { httpAdapter } = this.host;
    // Without the fast path it is another one.
    if (!(httpAdapter instanceof FastHttpAdapter)) return;
    const scanner = new MetadataScanner();
    for (const { instance } of this.discovery.getControllers()) {
      const controller = instance as Record<string, (...args: unknown[]) => unknown>;
      for (const name of scanner.getAllMethodNames(Object.getPrototypeOf(controller) as object)) {
        const method = controller[name]!;
        if (Reflect.getMetadata(METHOD_METADATA, method) !== RequestMethod.POST) continue;
        const route = directRoute(controller, name, this.modules, httpAdapter);
        if (!route) continue;
        for (const path of pathsOf(controller, method)) httpAdapter.answer(path, route);
      }
    }
  }
}

function pathsOf(controller: object, method: object): string[] {
  const [prefix, paths] = [controller.constructor, method].map(
    (owner) => Reflect.getMetadata(PATH_METADATA, owner) as string | string[],
  );
  return [paths!].flat().map((path) => `/${String(prefix)}/${path}`.replace(/\/+$/, ''));
}
