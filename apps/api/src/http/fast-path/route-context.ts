import type { ExecutionContext, Type } from '@nestjs/common';

type HttpArgumentsHost = ReturnType<ExecutionContext['switchToHttp']>;
import type { Request, Response } from 'express';

/** What guards and filters see of a request that is answered without Nest's router. */
export class RouteContext implements ExecutionContext, HttpArgumentsHost {
  constructor(
    private readonly request: Request,
    private readonly response: Response,
    private readonly controller: Type,
    private readonly handler: (...args: never[]) => unknown,
  ) {}

  getClass<T>(): Type<T> {
    return this.controller;
  }

  getHandler(): (...args: never[]) => unknown {
    return this.handler;
  }

  getType<T extends string>(): T {
    return 'http' as T;
  }

  getArgs<T extends unknown[]>(): T {
    return [this.request, this.response] as unknown as T;
  }

  getArgByIndex<T>(index: number): T {
    return this.getArgs()[index] as T;
  }

  switchToHttp(): HttpArgumentsHost {
    return this;
  }

  getRequest<T>(): T {
    return this.request as T;
  }

  getResponse<T>(): T {
    return this.response as T;
  }

  getNext<T>(): T {
    return undefined as T;
  }

  switchToRpc(): never {
    throw new TypeError('This is an HTTP request');
  }

  switchToWs(): never {
    throw new TypeError('This is an HTTP request');
  }
}
