import {
  Body,
  Controller,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  HttpCode,
  type PipeTransform,
  Post,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { PredictionLimitGuard } from '../requests/prediction-limit.guard';
import { directRoute } from './direct-route';
import type { FastHttpAdapter } from './fast-http-adapter';

const Url = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Request>().url,
);

const calls: string[] = [];

class LengthPipe implements PipeTransform<string, Promise<number>> {
  async transform(url: string): Promise<number> {
    calls.push('pipe');
    await Promise.resolve();
    if (url === '/bad') throw new Error('bad');
    return url.length;
  }
}

class Filter implements ExceptionFilter {
  catch(error: Error): void {
    calls.push(`filter: ${error.message}`);
  }
}

class OtherGuard {
  canActivate(): boolean {
    return true;
  }
}

@Controller()
@UseFilters(new Filter())
class Routes {
  @Post()
  @HttpCode(202)
  @UseGuards(PredictionLimitGuard)
  plain(@Res() response: Response, @Url(LengthPipe) length: number, @Url() url: string): object {
    calls.push('handler');
    return { same: response === RESPONSE, length, url };
  }

  @Post()
  @UseGuards(PredictionLimitGuard)
  created(): object {
    return {};
  }

  @Post()
  @UseGuards(PredictionLimitGuard)
  silent(): undefined {
    calls.push('handler');
  }

  @Post()
  @UseGuards(PredictionLimitGuard)
  withBody(@Body() _body: unknown): object {
    return {};
  }

  @Post()
  @UseGuards(PredictionLimitGuard, OtherGuard)
  withTwoGuards(): object {
    return {};
  }

  @Post()
  @UseGuards(PredictionLimitGuard)
  @UseFilters(Filter)
  withTwoFilters(): object {
    return {};
  }

  @Post()
  withoutGuard(): object {
    return {};
  }
}

const RESPONSE = {} as Response;

describe(directRoute.name, () => {
  const adapter = {
    reply: (_response: Response, body: object, status: number) =>
      calls.push(`${status} ${JSON.stringify(body)}`),
  } as unknown as FastHttpAdapter;
  const guard = {
    canActivate: (context: ExecutionContext) => {
      calls.push(`guard of ${context.getClass().name}.${context.getHandler().name}`);
      const { url } = context.switchToHttp().getRequest<Request>();
      return url === '/refused' ? Promise.reject(new Error('refused')) : Promise.resolve(true);
    },
  };
  const routeTo = async (name: keyof Routes) => {
    const providers = [{ provide: PredictionLimitGuard, useValue: guard }, LengthPipe];
    const module = await Test.createTestingModule({ providers }).compile();
    return directRoute(new Routes() as never, name, module.get(ModuleRef), adapter);
  };

  test.each([
    ['/a', ['guard of Routes.plain', 'pipe', 'handler', '202 {"same":true,"length":2,"url":"/a"}']],
    ['/bad', ['guard of Routes.plain', 'pipe', 'filter: bad']],
    ['/refused', ['guard of Routes.plain', 'filter: refused']],
  ])('calls what the decorators say, in order (%s)', async (url, expected) => {
    const route = await routeTo('plain');
    calls.length = 0;
    await route!({ url } as Request, RESPONSE);
    expect(calls).toEqual(expected);
  });

  test.each([
    ['created', ['201 {}']],
    ['silent', ['handler']],
  ] as const)('a handler that is %s', async (name, expected) => {
    const route = await routeTo(name);
    calls.length = 0;
    await route!({ url: '/a' } as Request, RESPONSE);
    expect(calls.slice(1)).toEqual(expected);
  });

  test.each(['withBody', 'withTwoGuards', 'withTwoFilters', 'withoutGuard'] as const)(
    'leaves a route to Nest: %s',
    async (name) => {
      expect(await routeTo(name)).toBeUndefined();
    },
  );
});
