import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';
import { SETOSA } from './support/start-api';

jest.setTimeout(60_000);

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';
const SERVER_KIND = 2;

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: Pick<Span, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** What the operator has Node load first; `undefined` where it is not installed. */
function registerPath(): string | undefined {
  try {
    return require.resolve('@opentelemetry/auto-instrumentations-node/register');
  } catch {
    return undefined;
  }
}

const valueOf = ({ attributes }: Pick<Span, 'attributes'>, key: string): unknown => {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value && Object.values(value)[0];
};

const register = registerPath();
const describeWhereInstalled = register === undefined ? describe.skip : describe;
const SKIPPED = register === undefined ? ' (skipped: its packages are not installed)' : '';

describeWhereInstalled(`OpenTelemetry${SKIPPED}`, () => {
  const exports: Export[] = [];
  const paths: string[] = [];
  let collector: Server;
  let api: ApiProcess;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        paths.push(`${request.method} ${request.url}`);
        exports.push(JSON.parse(text) as Export);
        response.setHeader('Content-Type', 'application/json').end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    api = await ApiProcess.start(
      {
        OTEL_SERVICE_NAME: 'inferserve-test',
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http',
        OTEL_NODE_RESOURCE_DETECTORS: 'env',
        OTEL_BSP_SCHEDULE_DELAY: '100',
      },
      ['--require', register!],
    );
  });
  afterAll(async () => {
    await api.stop();
    await new Promise((resolve) => collector.close(resolve));
  });

  const serverSpans = (): readonly Span[] =>
    exports
      .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
      .flatMap(({ spans }) => spans)
      .filter(({ kind }) => kind === SERVER_KIND);

  test('a span for each request, on the direct way as on the long one, in the trace of the caller', async () => {
    const traceparent = `00-${TRACE_ID}-${PARENT_ID}-01`;
    const type = { 'content-type': 'application/json' };
    const body = JSON.stringify(SETOSA);
    expect((await api.predict({ traceparent })).status).toBe(200);
    expect((await api.send('POST', '/predict?', body, { ...type, traceparent })).status).toBe(200);
    expect((await api.send('POST', '/predict', '{"secret', { ...type, traceparent })).status).toBe(
      422,
    );
    expect((await api.predict()).status).toBe(200);
    for (let i = 0; i < 200 && serverSpans().length < 4; i++) await sleep(50);

    const spans = serverSpans();
    expect(spans.map((span) => valueOf(span, 'http.response.status_code')).map(Number)).toEqual([
      200, 200, 422, 200,
    ]);
    const [last] = spans.slice(-1);
    for (const span of spans.slice(0, 3)) {
      expect(span).toMatchObject({ traceId: TRACE_ID, parentSpanId: PARENT_ID });
      expect(valueOf(span, 'url.path')).toBe('/predict');
    }
    expect(last!.traceId).not.toBe(TRACE_ID);
    const resources = exports.flatMap(({ resourceSpans }) => resourceSpans);
    expect(valueOf(resources[0]!.resource, 'service.name')).toBe('inferserve-test');
    expect(new Set(paths)).toEqual(new Set(['POST /v1/traces']));
    // Bodies are nobody's business, nor are the keys of the limiter, which hold addresses.
    expect(JSON.stringify(exports)).not.toMatch(/secret|sepal_length|ratelimit:/);
    await api.printed(new RegExp(`"traceId":"${TRACE_ID}"`));
  });
});

test('without it nothing of it is there: the bundles are made without it', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(Object.keys(devDependencies).filter((name) => name.includes('opentelemetry'))).toEqual([]);
});
