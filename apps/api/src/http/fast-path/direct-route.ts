import { type ExceptionFilter, HttpStatus, type PipeTransform, type Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  HTTP_CODE_METADATA,
  ROUTE_ARGS_METADATA,
  RouteParamtypes,
} from '@nestjs/common/internal';
import type { AbstractHttpAdapter, ModuleRef } from '@nestjs/core';
import type { Request, Response } from 'express';
import { PredictionLimitGuard } from '../requests/prediction-limit.guard';
import { RouteContext } from './route-context';

/** What the decorator of a parameter leaves behind. */
interface ParameterMetadata {
  readonly index: number;
  readonly data: unknown;
  readonly pipes: readonly Type<PipeTransform>[];
  readonly factory?: (data: unknown, context: RouteContext) => unknown;
}

interface Parameter {
  readonly read: (context: RouteContext) => unknown;
  readonly pipe: PipeTransform | undefined;
}

/** What the two parameters are that are no decorators of ours. */
const READERS: Readonly<Record<string, Parameter['read']>> = {
  [RouteParamtypes.REQUEST]: (context) => context.getRequest(),
  [RouteParamtypes.RESPONSE]: (context) => context.getResponse(),
};

const PIPE_METADATA = { type: 'custom' } as const;

/**
 * Calls guard, pipes, handler and filter of a route as its decorators say and in the order in which Nest calls them,
 * without what Nest does in between for routes of every kind. `undefined` for a route that is of another kind than
 * `PredictionLimitGuard` alone, the filter of its controller, and parameters that are the request, the response or
 * made by `createParamDecorator` with one pipe at most.
 */
export function directRoute(
  controller: Record<string, (...args: unknown[]) => unknown>,
  name: string,
  modules: ModuleRef,
  adapter: AbstractHttpAdapter,
): ((request: Request, response: Response) => Promise<void>) | undefined {
  const type = controller.constructor as Type;
  const method = controller[name]!;
  const guards = listOf(GUARDS_METADATA, type, method);
  const filters = listOf(EXCEPTION_FILTERS_METADATA, type, method) as ExceptionFilter[];
  const parameters = parametersOf(type, name, modules);
  if (!parameters || guards.length !== 1 || guards[0] !== PredictionLimitGuard) return undefined;
  if (filters.length !== 1) return undefined;
  const [filter] = filters;
  const guard = modules.get(PredictionLimitGuard, { strict: false });
  const status = Reflect.getMetadata(HTTP_CODE_METADATA, method) as number | undefined;
  return async (request, response) => {
    const context = new RouteContext(request, response, type, method);
    try {
      await guard.canActivate(context);
      const values = parameters.map(({ read }) => read(context));
      for (let i = 0; i < parameters.length; i++) {
        const { pipe } = parameters[i]!;
        if (pipe) values[i] = await pipe.transform(values[i], PIPE_METADATA);
      }
      const body = await method.apply(controller, values);
      // A handler without a body has sent its answer.
      if (body !== undefined) adapter.reply(response, body, status ?? HttpStatus.CREATED);
    } catch (error) {
      filter!.catch(error, context);
    }
  };
}

function listOf(key: string, ...owners: readonly object[]): unknown[] {
  return owners.flatMap((owner) => (Reflect.getMetadata(key, owner) as unknown[]) ?? []);
}

/** The parameters of a handler in their order; `undefined` where there is one of another kind. */
function parametersOf(type: Type, name: string, modules: ModuleRef): Parameter[] | undefined {
  const metadata = Reflect.getMetadata(ROUTE_ARGS_METADATA, type, name) as
    Readonly<Record<string, ParameterMetadata>> | undefined;
  const parameters: Parameter[] = [];
  for (const [key, { index, data, pipes, factory }] of Object.entries(metadata ?? {})) {
    const read = factory
      ? (context: RouteContext) => factory(data, context)
      : READERS[key.slice(0, key.indexOf(':'))];
    if (!read || pipes.length > 1) return undefined;
    const [pipe] = pipes.map((each) => modules.get(each, { strict: false }));
    parameters[index] = { read, pipe };
  }
  return parameters;
}
