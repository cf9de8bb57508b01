import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Controller, type ExecutionContext, HttpException, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  SkipThrottle,
  Throttle,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { RateLimitGuard } from '@inferserve/rate-limit';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import express from 'express';
import fc from 'fast-check';
import { SlidingWindowMemoryStorage } from '../libs/rate-limit/src/sliding-window-memory.storage';
import type { Environment } from '../apps/api/src/environment';
import { BodyValidator } from '../apps/api/src/http/body-validator';
import { InvalidBodyException } from '../apps/api/src/http/invalid-body.exception';
import { JsonBodyPipe } from '../apps/api/src/http/json-body.pipe';
import { PredictRequest } from '../apps/api/src/prediction/predict-request.dto';
import { exchange, type RawAnswer, rawRequest } from './support/raw-http';
import { type Api, SETOSA, startApi } from './support/start-api';

jest.setTimeout(60_000);

const SEED = 20261123;
const FIELDS = Object.keys(SETOSA);
const VALID = JSON.stringify(SETOSA);

/** JSON that is near what is asked for: right, or wrong in one way or several. */
const fieldValue = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => JSON.stringify(x)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '-0',
      '0',
      '1e400',
      '-1e400',
      '1e-400',
      '5e-324',
      '1E+2',
      'null',
      'true',
      '"5.1"',
      '""',
      '[]',
      '[1]',
      '{}',
      '{"valueOf":1}',
      '{"toString":null}',
      '[[[[[]]]]]',
      '{"length":1}',
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
);
const otherName = fc.oneof(
  fc.constantFrom(
    'toString',
    'valueOf',
    'length',
    'then',
    'prototype',
    'hasOwnProperty',
    'petal_widht',
    'PETAL_WIDTH',
    '0',
    '',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const member = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(name, fieldValue).map(([key, value]) => `${JSON.stringify(key)}:${value}`);
const completeRow = fc
  .tuple(
    fc.shuffledSubarray(FIELDS, { minLength: 4 }),
    fc.array(fieldValue, { minLength: 4, maxLength: 4 }),
  )
  .map(([names, values]) => names.map((name, i) => `${JSON.stringify(name)}:${values[i]}`));
const looseRow = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: member(fc.constantFrom(...FIELDS)) },
    { weight: 1, arbitrary: member(otherName) },
  ),
  {
    maxLength: 8,
  },
);
const objectText = fc
  .oneof(
    { weight: 3, arbitrary: completeRow },
    { weight: 2, arbitrary: looseRow },
    { weight: 1, arbitrary: fc.tuple(completeRow, looseRow).map((rows) => rows.flat()) },
  )
  .map((members) => `{${members.join()}}`);
const bodyText = fc.oneof(
  { weight: 8, arbitrary: objectText },
  { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
);

describe('BodyValidator against class-transformer and class-validator', () => {
  const validator = new BodyValidator(PredictRequest);

  /** The fields that plain class-validator finds fault with; `undefined` where it finds none. */
  function referenceFaults(body: unknown): string[] | undefined {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return ['(body)'];
    const errors = validateSync(plainToInstance(PredictRequest, body), {
      whitelist: true,
      forbidNonWhitelisted: true,
    });
    const names = [...errors.map(({ property }) => property), ...overlooked(body)];
    return names.length === 0 ? undefined : names.toSorted();
  }

  /** Unknown fields that the reference takes for known ones, or leaves out: every object inherits them. */
  function overlooked(body: object): string[] {
    return Object.keys(body).filter((name) => name in Object.prototype);
  }

  function ownFaults(body: unknown): string[] | undefined {
    try {
      expect(validator.validate(body)).toBe(body);
      return undefined;
    } catch (error) {
      if (!(error instanceof InvalidBodyException)) throw error;
      const { detail } = error.getResponse() as { detail: { loc: string[] }[] };
      return detail.map(({ loc }) => loc[1] ?? '(body)').toSorted();
    }
  }

  test('the same verdict, and the same fields at fault', () => {
    let accepted = 0;
    const numRuns = 5000;
    fc.assert(
      fc.property(bodyText, (text) => {
        const body: unknown = JSON.parse(text);
        const expected = referenceFaults(body);
        expect(ownFaults(body)).toEqual(expected);
        expect(validator.accepts(body)).toBe(expected === undefined);
        if (expected === undefined) accepted += 1;
      }),
      { seed: SEED, numRuns },
    );
    // Else one side of the question would not have been asked.
    expect(accepted).toBeGreaterThan(numRuns / 20);
    expect(accepted).toBeLessThan((numRuns * 19) / 20);
  });

  test.each(Object.getOwnPropertyNames(Object.prototype))(
    'the one exception: %s is an unknown field here, and overlooked there',
    (name) => {
      const body = JSON.parse(VALID.replace('{', `{"${name}":1,`)) as object;
      const options = { whitelist: true, forbidNonWhitelisted: true };
      expect(validateSync(plainToInstance(PredictRequest, body), options)).toEqual([]);
      expect(ownFaults(body)).toEqual([name]);
    },
  );
});

describe('JsonBodyPipe against the parser of Express', () => {
  const LIMIT_BYTES = 2048;
  interface Read {
    readonly value?: unknown;
    readonly refused: boolean;
  }
  let server: Server;
  let port: number;
  const reads = new Map<string, Read>();

  beforeAll(async () => {
    const pipe = new JsonBodyPipe({ bodyLimitBytes: LIMIT_BYTES } as Environment);
    const parse = express.json({ strict: false, limit: LIMIT_BYTES });
    server = createServer((request, response) => {
      const done = (read: Read): void => {
        reads.set(request.url!, read);
        response.setHeader('Connection', 'close');
        response.end('{}');
      };
      if (request.url === '/ours') {
        pipe.transform(request as express.Request).then(
          (value) => done({ value, refused: false }),
          (error: unknown) => {
            if (!(error instanceof HttpException)) throw error;
            done({ refused: true });
          },
        );
      } else {
        parse(request as express.Request, response as express.Response, (error?: unknown) => {
          const { body } = request as express.Request;
          done({ value: body as unknown, refused: error !== undefined || body === undefined });
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function both(
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
    chunked: boolean,
  ): Promise<{ ours: Read; theirs: Read }> {
    reads.clear();
    const framed = chunked
      ? Buffer.concat([...chunksOf(body), Buffer.from('0\r\n\r\n')])
      : Buffer.from(body);
    const { 'Content-Length': _, ...rest } = { 'Content-Length': '', ...headers };
    const framing: Record<string, string> = chunked
      ? { 'Transfer-Encoding': 'chunked' }
      : { 'Content-Length': String(body.length) };
    const lines = Object.entries({ Host: 'x', ...framing, ...rest }).map(
      ([k, v]) => `${k}: ${v}\r\n`,
    );
    for (const path of ['/ours', '/theirs']) {
      const head = Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
      await exchange(port, Buffer.concat([head, framed]), { patienceMs: 5_000 });
    }
    return { ours: reads.get('/ours')!, theirs: reads.get('/theirs')! };
  }

  function chunksOf(body: Uint8Array): Buffer[] {
    const chunks: Buffer[] = [];
    for (let start = 0; start < body.length; start += 300) {
      const part = body.subarray(start, start + 300);
      chunks.push(
        Buffer.from(`${part.length.toString(16)}\r\n`),
        Buffer.from(part),
        Buffer.from('\r\n'),
      );
    }
    return chunks;
  }

  const bytes = fc.oneof(
    { weight: 6, arbitrary: bodyText.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(`\ufeff${text}`)) },
    { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(` \t\r\n${text}\n `)) },
    { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text.slice(0, -1))) },
    { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text, 'latin1')) },
    { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text, 'utf16le')) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: LIMIT_BYTES - 2, max: LIMIT_BYTES + 2 })
        .map((length) => Buffer.from('1'.padEnd(length))),
    },
    {
      weight: 1,
      arbitrary: fc
        .string({ unit: 'binary', maxLength: 80 })
        .map((text) => Buffer.from(JSON.stringify(text))),
    },
  );

  test('reads the same values, and refuses the same bodies', async () => {
    const type = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'Application/JSON; charset="utf-8"',
    );
    const encoding = fc.constantFrom<Record<string, string>>(
      {},
      {},
      { 'Content-Encoding': 'identity' },
    );
    let values = 0;
    await fc.assert(
      fc.asyncProperty(
        bytes,
        type,
        encoding,
        fc.boolean(),
        async (body, contentType, headers, chunked) => {
          const { ours, theirs } = await both(
            body,
            { 'Content-Type': contentType, ...headers },
            chunked,
          );
          expect(ours.refused).toBe(theirs.refused);
          expect(isDeepStrictEqual(ours.value, theirs.refused ? undefined : theirs.value)).toBe(
            true,
          );
          if (!ours.refused) values += 1;
        },
      ),
      { seed: SEED, numRuns: 800 },
    );
    expect(values).toBeGreaterThan(200);
    expect(values).toBeLessThan(750);
  });

  test('a body without a byte is none here, and {} there; both are refused in the end', async () => {
    for (const chunked of [false, true]) {
      const { ours, theirs } = await both(
        Buffer.alloc(0),
        { 'Content-Type': 'application/json' },
        chunked,
      );
      expect([ours, theirs]).toEqual([
        { value: undefined, refused: false },
        { value: {}, refused: false },
      ]);
    }
  });

  test.each([
    ['compression', { 'Content-Encoding': 'gzip' }, gzipSync(VALID)],
    [
      'another charset',
      { 'Content-Type': 'application/json; charset=utf-16' },
      Buffer.from(VALID, 'utf16le'),
    ],
    ['another parameter', { 'Content-Type': 'application/json; profile=x' }, Buffer.from(VALID)],
    [
      'a charset and another parameter',
      { 'Content-Type': 'application/json; charset=utf-8; v=1' },
      Buffer.from(VALID),
    ],
  ])('is stricter about %s', async (_, headers, body) => {
    const { ours, theirs } = await both(
      body,
      { 'Content-Type': 'application/json', ...headers },
      false,
    );
    expect(theirs).toEqual({ value: SETOSA, refused: false });
    expect(ours.refused).toBe(true);
  });

  test('takes no content type that it should not', async () => {
    const parts = fc.constantFrom(
      'application',
      '/',
      'json',
      'text',
      'plain',
      '; ',
      ';',
      ' ',
      'charset',
      '=',
      '"',
      'utf-8',
      'utf8',
      'utf-16',
      'UTF-8',
      'latin1',
      '+json',
      ',',
      '*',
      'x',
      '\t',
    );
    const near = fc.oneof(
      fc.array(parts, { maxLength: 8 }).map((list) => list.join('')),
      fc.array(parts, { maxLength: 5 }).map((list) => `application/json${list.join('')}`),
    );
    await fc.assert(
      fc.asyncProperty(near, async (contentType) => {
        const { ours, theirs } = await both(
          Buffer.from(VALID),
          { 'Content-Type': contentType },
          false,
        );
        // These two are plainly meant; Express refuses the one and overlooks the other.
        if (/charset\s*=\s*"?utf-?8"?\s*$/i.test(contentType)) return;
        if (!ours.refused)
          expect([contentType, theirs]).toEqual([contentType, { value: SETOSA, refused: false }]);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

@Controller()
class Routes {
  plain(): void {}

  @Throttle({ default: { limit: 1 } })
  stricter(): void {}

  @Throttle({ default: { limit: 4, ttl: 30_000 } })
  slower(): void {}

  @Throttle({ default: { limit: () => 2 } })
  dynamic(): void {}

  @SkipThrottle()
  free(): void {}
}

@SkipThrottle()
@Controller()
class FreeRoutes {
  plain(): void {}

  @SkipThrottle({ default: false })
  limited(): void {}
}

describe('RateLimitGuard against ThrottlerGuard', () => {
  interface Step {
    readonly type: Type<object>;
    readonly handler: string;
    readonly ip: string;
    readonly gapMs: number;
  }
  interface Outcome {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
  }

  /** The outcomes of a guard whose storage has a clock of the test's. */
  async function outcomes(
    create: (storage: SlidingWindowMemoryStorage) => ThrottlerGuard,
    steps: readonly Step[],
  ): Promise<Outcome[]> {
    let now = 0;
    const guard = create(new SlidingWindowMemoryStorage(1000, () => now));
    await guard.onModuleInit();
    const results: Outcome[] = [];
    for (const { type, handler, ip, gapMs } of steps) {
      now += gapMs;
      const headers: Record<string, unknown> = {};
      const request = { ip, headers: {}, socket: { remoteAddress: '127.0.0.1' } };
      const response = { setHeader: (name: string, value: unknown) => (headers[name] = value) };
      const prototype = type.prototype as Record<string, () => void>;
      const context = {
        getType: () => 'http',
        getHandler: () => prototype[handler],
        getClass: () => type,
        switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
      } as unknown as ExecutionContext;
      const status = await guard.canActivate(context).then(
        (passes) => (passes ? 200 : 403),
        (error: unknown) => {
          if (error instanceof HttpException) return error.getStatus();
          throw error;
        },
      );
      results.push({ status, headers });
    }
    return results;
  }

  const step: fc.Arbitrary<Step> = fc.record({
    type: fc.constant<Type<object>>(Routes),
    handler: fc.constantFrom('plain', 'stricter', 'slower', 'dynamic', 'free'),
    ip: fc.constantFrom(
      '192.0.2.1',
      '192.0.2.2',
      '::ffff:192.0.2.1',
      '2001:db8:0:1::1',
      '2001:db8:0:1:ffff::9',
      '2001:db8:0:2::1',
      '::1',
    ),
    gapMs: fc.constantFrom(0, 0, 1, 500, 1000, 9_999, 10_000, 10_001, 30_000),
  });
  const otherStep: fc.Arbitrary<Step> = fc.record({
    type: fc.constant<Type<object>>(FreeRoutes),
    handler: fc.constantFrom('plain', 'limited'),
    ip: fc.constantFrom('192.0.2.1', '192.0.2.2'),
    gapMs: fc.constantFrom(0, 1, 9_999),
  });

  test('the same decisions, and the same headers on what is accepted', async () => {
    const throttlers = [{ limit: 3, ttl: 10_000 }];
    // All routes count together here; the stock guard counts each apart unless it is told.
    // Ours keep windows of different lengths apart, so that none forgets what another still needs.
    const together = (context: ExecutionContext, tracker: string): string =>
      context.getHandler().name === 'slower' ? `${tracker} slower` : tracker;
    const reflector = new Reflector();
    const ours = (storage: SlidingWindowMemoryStorage): ThrottlerGuard =>
      new RateLimitGuard(
        throttlers.map((throttler) => ({ ...throttler, name: 'default' })),
        storage,
        reflector,
        {
          limit: 3,
          windowMs: 10_000,
          onRedisFailure: 'local',
        },
      );
    const stock = (storage: SlidingWindowMemoryStorage): ThrottlerGuard =>
      new ThrottlerGuard(
        { throttlers, generateKey: together } as ThrottlerModuleOptions,
        storage,
        reflector,
      );
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: step }, { weight: 1, arbitrary: otherStep }), {
          minLength: 1,
          maxLength: 40,
          size: 'max',
        }),
        async (steps) => {
          const expected = await outcomes(stock, steps);
          const actual = await outcomes(ours, steps);
          expect(actual.map(({ status }) => status)).toEqual(expected.map(({ status }) => status));
          for (const [i, { status, headers }] of expected.entries()) {
            if (status === 200) expect(actual[i]!.headers).toEqual(headers);
            // The stock guard says nothing more to whom it refuses.
            else expect(actual[i]!.headers).toMatchObject(headers);
            if (status === 429) refusals += 1;
          }
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
    expect(refusals).toBeGreaterThan(150);
  });
});

describe('the direct way of POST against the way through Express', () => {
  let direct: Api;
  let long: Api;
  let clients = 0;
  const variables = { TRUST_PROXY: '1', RATE_LIMIT: '3', BODY_LIMIT: '2kb', SERVER_TIMING: 'true' };
  beforeAll(async () => {
    [direct, long] = await Promise.all([startApi(variables), startApi(variables)]);
  });
  afterAll(() => Promise.all([direct.close(), long.close()]));

  const ask = async (
    api: Api,
    path: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<RawAnswer | undefined> => {
    const { answers } = await exchange(
      Number(new URL(api.url).port),
      rawRequest(body, headers, path),
      {
        patienceMs: 3_000,
      },
    );
    return answers[0];
  };

  /** What is to be the same: all but what is new in every answer. */
  function comparable(answer: RawAnswer | undefined): object | undefined {
    if (!answer) return undefined;
    const { date, 'x-request-id': id, 'server-timing': timing, ...headers } = answer.headers;
    return {
      ...answer,
      headers,
      hasDate: date !== undefined,
      id: id?.replace(/^[\da-f-]{36}-\d+$/, '(made)').replace(/^[\da-f-]{36}$/, '(made)'),
      stages: timing?.replace(/[\d.]+/g, ''),
    };
  }

  /** Both ways are asked by a client that neither has seen; no second can pass between the first and the last. */
  async function expectSame(
    path: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
    times = 1,
  ): Promise<number[]> {
    clients += 1;
    const client = `10.${clients >> 16}.${(clients >> 8) & 255}.${clients & 255}`;
    const all = { 'X-Forwarded-For': client, ...headers };
    const statuses: number[] = [];
    for (let i = 0; i < times; i++) {
      const [short, through] = await Promise.all([
        ask(direct, path, body, all),
        ask(long, `${path}?`, body, all),
      ]);
      expect(withoutSeconds(comparable(short))).toEqual(withoutSeconds(comparable(through)));
      if (short) statuses.push(short.status);
    }
    return statuses;
  }

  const path = fc.constantFrom('/predict', '/predict/batch');
  const headers = fc.record(
    {
      'Content-Type': fc.constantFrom(
        'application/json',
        'application/json; charset=utf-8',
        'text/plain',
        '',
      ),
      'Content-Encoding': fc.constantFrom('identity', 'gzip'),
      'X-Request-Id': fc.constantFrom('mine-1', 'not sane!', ''),
      Connection: fc.constantFrom('close', 'keep-alive'),
      Origin: fc.constant('https://a.example'),
      Accept: fc.constantFrom('text/html', '*/*'),
      'If-None-Match': fc.constant('*'),
      Forwarded: fc.constant('for=1.2.3.4'),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    { weight: 3, arbitrary: fc.constant(VALID) },
    { weight: 5, arbitrary: bodyText },
    {
      weight: 2,
      arbitrary: fc
        .array(bodyText, { maxLength: 4 })
        .map((rows) => `{"instances":[${rows.join()}]}`),
    },
    { weight: 1, arbitrary: fc.constantFrom('', '{', ' ', `"${'x'.repeat(3000)}"`) },
  );

  test('the same status, headers and body', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(path, body, headers, async (route, text, extra) => {
        const given = Object.fromEntries(
          Object.entries(extra).filter(([, value]) => value !== undefined),
        );
        for (const status of await expectSame(route, Buffer.from(text), given)) seen.add(status);
      }),
      { seed: SEED, numRuns: 400 },
    );
    expect([...seen].sort()).toEqual([200, 413, 415, 422]);
  });

  test('the same limit', async () => {
    expect(await expectSame('/predict', Buffer.from(VALID), {}, 5)).toEqual([
      200, 200, 200, 429, 429,
    ]);
    expect(await expectSame('/predict/batch', Buffer.from('{"instances":[]}'), {}, 4)).toEqual([
      200, 200, 200, 429,
    ]);
  });

  test('the same in the metrics and in the log', async () => {
    const counts = async (api: Api): Promise<string[]> =>
      (await api.http().get('/metrics')).text
        .split('\n')
        .filter((line) =>
          /^(http_request_duration_seconds_count|inferserve_\w+_total|inferserve_predictions)/.test(
            line,
          ),
        )
        .toSorted();
    expect(await counts(direct)).toEqual(await counts(long));
    const lines = ({ logLines }: Api): object[] =>
      logLines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => msg === 'request')
        .map(({ time: _time, ms, requestId, ...rest }) => ({
          ...rest,
          hasMs: typeof ms,
          hasId: typeof requestId,
        }));
    expect(lines(direct).length).toBeGreaterThan(400);
    expect(lines(direct)).toEqual(lines(long));
  });
});

/** Whole seconds until a reset differ by one where a second ends between two requests. */
function withoutSeconds(answer: object | undefined): unknown {
  if (!answer) return answer;
  const { headers, ...rest } = answer as { headers: Record<string, string> };
  const rounded = Object.entries(headers).map(([name, value]) => [
    name,
    ['x-ratelimit-reset', 'retry-after'].includes(name) ? [59, 60].includes(Number(value)) : value,
  ]);
  return { ...rest, headers: Object.fromEntries(rounded) as object };
}
