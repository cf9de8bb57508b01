import { inferserve } from '../apps/cli/src/inferserve';
import { RecordingTerminal } from '../apps/cli/src/terminal/recording-terminal';
import { FaultyServer, type PlantedFault, type Reply } from './support/faulty-server';
import { type Api, startApi } from './support/start-api';

type Json = Record<string, unknown>;

let api: Api;
let faulty: FaultyServer;
beforeAll(async () => {
  api = await startApi({ RATE_LIMIT: '10000' });
  faulty = await FaultyServer.start(api.url);
});
afterAll(async () => {
  faulty.close();
  await api.close();
});

interface Findings {
  readonly conforms: boolean;
  readonly results: readonly { readonly id: string; readonly outcome: string }[];
}

/** The ids of the checks that fail, and the exit code. */
async function failing(fault: PlantedFault): Promise<readonly [number, readonly string[]]> {
  faulty.plant(fault);
  const terminal = new RecordingTerminal();
  const code = await inferserve(['conform', faulty.url, '--json'], terminal);
  const { results } = JSON.parse(terminal.out) as Findings;
  return [code, results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)];
}

const isJson = ({ headers }: Reply) => /json/.test(String(headers['content-type']));

/** Changes JSON answers of one path. */
function changing(path: RegExp, change: (json: Json, status: number) => Json): PlantedFault {
  return {
    answer(reply, asked) {
      if (!path.test(asked.path) || !isJson(reply)) return reply;
      const json = JSON.parse(reply.body.toString('utf8')) as Json;
      return { ...reply, body: Buffer.from(JSON.stringify(change(json, reply.status))) };
    },
  };
}

const status = (path: RegExp, from: number, to: number): PlantedFault => ({
  answer: (reply, { path: asked }) =>
    path.test(asked) && reply.status === from ? { ...reply, status: to } : reply,
});

const outputs = (change: (outputs: readonly Json[]) => readonly Json[]): PlantedFault =>
  changing(/infer$/, (json) =>
    Array.isArray(json['outputs']) ? { ...json, outputs: change(json['outputs'] as Json[]) } : json,
  );

test('a right server, seen through nothing but a proxy, conforms', async () => {
  expect(await failing({})).toEqual([0, []]);
});

test.each<[string, PlantedFault, readonly string[]]>([
  ['says that it is not alive', changing(/live$/, () => ({ live: false })), ['1']],
  ['is ready with an empty body', changing(/health\/ready$/, () => ({})), ['2']],
  ['has unknown models ready', status(/ready$/, 404, 200), ['4b']],
  [
    'has no extensions',
    changing(/^\/v2\/?$/, (json) => ({ ...json, extensions: undefined })),
    ['6'],
  ],
  [
    'has metadata without outputs',
    changing(/models\/iris$/, (json) => ({ ...json, outputs: [] })),
    ['7', '13'],
  ],
  [
    'answers 500 to bad requests',
    status(/infer$/, 400, 500),
    ['21', '25', '30', '36a', '52', '57'],
  ],
  ['answers 422 to bad requests', status(/infer$/, 400, 422), ['21', '26', '46']],
  [
    'has the errors of a framework',
    changing(/infer$/, (json, code) => (code >= 400 ? { detail: json['error'] } : json)),
    ['21', '40', '41'],
  ],
  ['answers 200 for an unknown version', status(/versions\/no-such/, 404, 400), ['41']],
  ['makes up ids', changing(/infer$/, (json) => ({ ...json, id: 'own' })), ['12']],
  [
    'loses the model name',
    changing(/infer$/, (json) => ({ ...json, model_name: undefined })),
    ['10', '11'],
  ],
  ['answers in its own order of outputs', outputs((list) => list.toReversed()), ['14']],
  [
    'gives an output too many',
    outputs((list) => [...list, { ...list[0], name: 'more' }]),
    ['13', '14'],
  ],
  [
    'loses a row',
    outputs((list) =>
      list.map((each) => ({ ...each, data: (each['data'] as unknown[])?.slice(1) })),
    ),
    ['10', '15', '19'],
  ],
  [
    'answers rows in another order',
    outputs((list) =>
      list.map((each) => ({ ...each, data: (each['data'] as unknown[])?.toReversed() })),
    ),
    ['20'],
  ],
  [
    'requires a Content-Type',
    {
      answer: (reply, { headers, path }) =>
        path.endsWith('infer') && headers['content-type'] === undefined
          ? { ...reply, status: 415, body: Buffer.from('{"error":"type"}') }
          : reply,
    },
    ['60'],
  ],
  [
    'forgets how long its JSON is',
    {
      answer: (reply) => {
        const { 'inference-header-content-length': _, ...headers } = reply.headers;
        return { ...reply, headers };
      },
    },
    ['48', '49'],
  ],
  [
    'cuts its binary data',
    {
      answer: (reply) =>
        reply.headers['inference-header-content-length'] === undefined
          ? reply
          : { ...reply, body: reply.body.subarray(0, -1) },
    },
    ['48', '49', '51'],
  ],
  [
    'ignores the version',
    {
      request: (asked) => ({ ...asked, path: asked.path.replace(/\/versions\/[^/]+/, '') }),
    },
    ['4b', '41'],
  ],
  [
    'takes any number of bytes',
    {
      answer: (reply, { headers }) =>
        headers['inference-header-content-length'] !== undefined && reply.status === 400
          ? { ...reply, status: 200, body: Buffer.from('{}') }
          : reply,
    },
    ['52', '53', '54', '55', '56', '57'],
  ],
])('finds a server that %s', async (_, fault, expected) => {
  const [code, failed] = await failing(fault);
  expect(failed).toEqual(expect.arrayContaining([...expected]));
  expect([code, failed.length > 0]).toEqual([1, true]);
});

test('prints a report that can be read', async () => {
  const terminal = new RecordingTerminal();
  expect(await inferserve(['conform', api.url, '--model', 'iris'], terminal)).toBe(0);
  expect(terminal.out).toContain(', model iris version 1\n\nHealth and metadata\n  ✓ 1    GET');
  expect(terminal.out).toContain(
    '  – 50   binary and JSON inputs in one request\n         the model has one input',
  );
  expect(terminal.out).toMatch(
    /\d+ passed, 0 failed, 0 recommended ones failed, 1 skipped: .* conforms/,
  );
  faulty.plant(changing(/live$/, () => ({ live: false })));
  expect(await inferserve(['conform', faulty.url], terminal)).toBe(1);
  expect(terminal.out).toContain(
    '  ✗ 1    GET /v2/health/live is 200 {"live": true}\n         live: expected true, got false',
  );
  expect(terminal.err).toMatch(/does not conform\n$/);
});

test.each([
  [['http://127.0.0.1:9'], 1, /The server cannot be reached/],
  [['--model', 'irsi'], 1, /answers 404\. Name a model that is served with --model/],
  [['--request', 'package.json'], 1, /should hold \{"inputs"/],
  [['--request', 'README.md'], 1, /README\.md is not JSON/],
  [['ftp://host'], 2, /Give a URL/],
])('%j: says what is wrong', async (args, code, message) => {
  const terminal = new RecordingTerminal();
  const url = args[0]!.includes('://') ? [] : [api.url];
  expect(await inferserve(['conform', ...url, ...args], terminal)).toBe(code);
  expect(terminal.err).toMatch(message);
});

test('says that the server limits requests', async () => {
  const limited = await startApi({ RATE_LIMIT: '5' });
  const terminal = new RecordingTerminal();
  expect(await inferserve(['conform', limited.url], terminal)).toBe(1);
  expect(terminal.err).toMatch(/limits how often it may be asked \(429\)\. Raise its limit/);
  await limited.close();
});
