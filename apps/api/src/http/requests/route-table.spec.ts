import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import type { ErrorRenderer } from '../errors/error-renderer';
import { ProbeController } from './probe.decorator';
import { ProtocolController } from './protocol.decorator';
import { RouteTable } from './route-table';

const ours: ErrorRenderer = { render: () => ({ status: 400, body: {} }) };
const fallback: ErrorRenderer = { render: () => ({ status: 400, body: {} }) };

@ProbeController('alive')
class Probes {
  @Get()
  alive(): void {}
}

@ProbeController('v2', ['models/:model/ready'])
class ModelProbe {
  @Get('models/:model/ready')
  ready(): void {}
}

@ProtocolController('v2', ours)
class Protocol {
  @Get()
  get(): void {}
}

@Controller('plain')
class Plain {
  @Get()
  get(): void {}
}

@Module({
  imports: [DiscoveryModule],
  controllers: [Probes, ModelProbe, Protocol, Plain],
  providers: [RouteTable],
})
class Root {}

describe(RouteTable.name, () => {
  let routes: RouteTable;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [Root] }).compile();
    routes = (await module.init()).get(RouteTable);
    routes.mount('/docs');
  });

  test.each([
    ['/alive', true],
    ['/alive?x=1', true],
    ['/alive/deep', true],
    ['/aliveness', false],
    ['/v2/models/a/ready', true],
    ['/v2/models/:model/ready', true],
    ['/v2/models/a/ready?x', true],
    ['/v2/models/a/infer', false],
    ['/v2/models/a/b/ready', false],
    ['/v2/models', false],
    ['/plain', false],
    ['/', false],
  ])('%s is a probe: %s', (url, expected) => expect(routes.isProbe(url)).toBe(expected));

  test('finds the error form of the protocol that owns a path', () => {
    expect(routes.errorsAt('/v2/models/x', fallback)).toBe(ours);
    expect(routes.errorsAt('/v2?x', fallback)).toBe(ours);
    expect(routes.errorsAt('/v22', fallback)).toBe(fallback);
    expect(routes.errorsAt('/plain', fallback)).toBe(fallback);
  });

  test('labels requests by pattern, never by what the client sent', () => {
    const label = (request: object): string => routes.labelOf(request as Request);
    expect(label({ route: { path: '/v2/:name' }, url: '/v2/secret' })).toBe('/v2/:name');
    expect(label({ url: '/x', originalUrl: '/docs/x' })).toBe('/docs');
    expect(label({ url: '/docs-json' })).toBe('/docs');
    expect(label({ url: '/secret' })).toBe('unmatched');
  });
});
