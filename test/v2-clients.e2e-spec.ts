import fc from 'fast-check';
import { irisReferenceArtifact } from './support/reference-models';
import { ModelFolder } from './support/model-folder';
import { exchange, rawRequest } from './support/raw-http';
import { type Api, startApi } from './support/start-api';
import { tritonInfer } from './support/v2-client';

/** The two rows of KServe's own tests; scikit-learn answers both with class 1, versicolor. */
const KSERVE_ROWS = [
  [6.8, 2.8, 4.8, 1.4],
  [6.0, 3.4, 4.5, 1.6],
];
const INPUT = { name: 'input-0', shape: [2, 4], datatype: 'FP32', data: KSERVE_ROWS };
/** What Python makes of 6.8 and so on in 32 bits. */
const NARROWED = KSERVE_ROWS.map((row) => row.map((value) => Math.fround(value)));

const folder = new ModelFolder();
let api: Api;
beforeAll(async () => {
  api = await startApi({ RATE_LIMIT: '10000', ...folder.put(irisReferenceArtifact()) });
});
afterAll(async () => {
  await api.close();
  folder.remove();
});

const path = '/v2/models/reference/infer';
const sent = async (body: object, headers: Readonly<Record<string, string>>) => {
  const { port } = new URL(api.url);
  const bytes = rawRequest(JSON.stringify(body), headers, path);
  // Exactly these headers: a client library would add its own.
  const withoutType = headers['Content-Type'] === '' ? strip(bytes) : bytes;
  const { answers } = await exchange(Number(port), withoutType);
  const [answer] = answers;
  return { status: answer!.status, body: JSON.parse(answer!.body) as Record<string, unknown> };
};
const strip = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/Content-Type: [^\r]*\r\n/, ''), 'latin1');
const outputs = (body: Record<string, unknown>) =>
  body['outputs'] as readonly { readonly name: string; readonly data: readonly unknown[] }[];

describe('recorded requests', () => {
  test.each<[string, object, Readonly<Record<string, string>>]>([
    ['curl -d', { inputs: [INPUT] }, { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ["KServe's own tests", { inputs: [INPUT] }, { 'Content-Type': 'application/json' }],
    [
      'KServe InferenceRESTClient: a model_name and an id of its own, 32 bits',
      {
        id: '4be4e82e-5500-420a-a5c5-ac86841e271b',
        model_name: 'reference',
        inputs: [{ ...INPUT, data: NARROWED, parameters: {} }],
      },
      { 'Content-Type': 'application/json', Accept: '*/*', 'User-Agent': 'python-httpx/0.23.3' },
    ],
    [
      'tritonclient.http with binary_data=False: no Content-Type',
      {
        id: '1',
        inputs: [{ ...INPUT, data: NARROWED.flat() }],
        outputs: [{ name: 'predict', parameters: { binary_data: false } }],
      },
      { 'Content-Type': '' },
    ],
    [
      'perf_analyzer: an empty id and parameters that mean nothing here',
      { id: '', parameters: { sequence_id: 0, priority: 0, timeout: 0 }, inputs: [INPUT] },
      { 'Content-Type': 'application/octet-stream' },
    ],
    [
      'MLServer: a content type among the parameters',
      {
        parameters: { content_type: 'np' },
        inputs: [{ ...INPUT, parameters: { content_type: 'np' } }],
      },
      { 'Content-Type': 'application/json; charset=utf-8' },
    ],
  ])('%s', async (_, body, headers) => {
    const answer = await sent(body, headers);
    expect(answer.status).toBe(200);
    expect(answer.body['model_name']).toBe('reference');
    if ('id' in body) expect(answer.body['id']).toBe(body.id);
    const [first] = outputs(answer.body);
    expect(first).toMatchObject({ name: 'predict', data: ['versicolor', 'versicolor'] });
  });

  test('KServe: output-0 is the index of the class', async () => {
    const body = { inputs: [INPUT], outputs: [{ name: 'output-0' }] };
    const answer = await sent(body, {});
    expect(outputs(answer.body)[0]).toMatchObject({ datatype: 'INT64', data: [1, 1] });
  });

  test.each([undefined, 'gzip', 'deflate'] as const)(
    'tritonclient.http as it comes, compressed with %s',
    async (compression) => {
      const input = { name: 'input-0', rows: KSERVE_ROWS };
      const answer = await tritonInfer(() => api.http(), 'reference', input, {
        id: 'a',
        version: '1',
        ...(compression && { compression }),
      });
      expect([answer.status, answer.json['id']]).toEqual([200, 'a']);
      expect(answer.outputs.get('predict')!.data).toEqual(['versicolor', 'versicolor']);
    },
  );

  test('tritonclient.http with chosen outputs, one of them binary', async () => {
    const input = { name: 'X', rows: KSERVE_ROWS };
    const answer = await tritonInfer(() => api.http(), 'reference', input, {
      outputs: [{ name: 'probabilities' }, { name: 'output-0', isBinary: false }],
    });
    expect([...answer.outputs.keys()]).toEqual(['probabilities', 'output-0']);
    expect(answer.outputs.get('output-0')!.data).toEqual([1, 1]);
    expect(answer.outputs.get('probabilities')!.shape).toEqual([2, 3]);
  });

  test('the paths that clients ask for readiness', async () => {
    const ready = await api.http().get('/v2/models/reference/ready');
    expect([ready.status, ready.body]).toEqual([200, { name: 'reference', ready: true }]);
    for (const asked of ['/v2/health/live', '/v2/health/ready']) {
      expect((await api.http().head(asked)).status).toBe(200);
    }
  });
});

describe('any body at all is a 2xx or a 4xx with {"error"}', () => {
  const check = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    const bytes = Buffer.from(body);
    const { answers } = await exchange(
      Number(new URL(api.url).port),
      rawRequest(bytes, headers, path),
      { patienceMs: 4000 },
    );
    expect(answers).toHaveLength(1);
    const [{ status, body: text }] = answers as [(typeof answers)[number]];
    expect(status).toBeLessThan(500);
    if (status >= 400) expect(JSON.parse(text)).toEqual({ error: expect.any(String) });
  };
  const holds = <T>(inputs: fc.Arbitrary<T>, run: (input: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(inputs, run), { numRuns: 150, seed: 20261126 });

  const scalar = fc.oneof(
    fc.constantFrom<unknown>(
      'input-0',
      'FP64',
      'FP32',
      'BYTES',
      'predict',
      null,
      true,
      -1,
      0,
      4,
      1e300,
      2 ** 53,
      [1, 4],
      [],
      {},
      { binary_data_size: 32 },
      { binary_data: true },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const partOf = (keys: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...keys, '__proto__'), scalar, { maxKeys: 6 });
  const request = fc.record(
    {
      id: scalar,
      parameters: scalar,
      inputs: fc.oneof(
        fc.array(
          fc.record(
            {
              name: fc.constantFrom('input-0', 'X', 'sepal_length', 'petal_width'),
              shape: fc.oneof(fc.constant([1, 4]), fc.array(fc.nat(5), { maxLength: 3 }), scalar),
              datatype: fc.oneof(fc.constantFrom('FP64', 'FP32', 'INT8', 'BOOL', 'BYTES'), scalar),
              data: fc.oneof(fc.array(fc.double(), { maxLength: 6 }), scalar),
              parameters: scalar,
            },
            { requiredKeys: [] },
          ),
          { maxLength: 4 },
        ),
        fc.array(partOf(['name', 'shape', 'datatype', 'data', 'parameters']), { maxLength: 3 }),
        scalar,
      ),
      outputs: fc.oneof(fc.array(partOf(['name', 'parameters']), { maxLength: 3 }), scalar),
    },
    { requiredKeys: [] },
  );

  test('JSON that is almost a request', () =>
    holds(request, (value) => check(JSON.stringify(value))));

  test('any JSON', () => holds(fc.jsonValue(), (value) => check(JSON.stringify(value))));

  test('any bytes, of any length of the JSON, compressed or not', () =>
    holds(
      fc.tuple(
        fc.uint8Array({ maxLength: 200 }),
        fc.oneof(fc.nat(220).map(String), fc.stringMatching(/^[\x21-\x7e]{1,20}$/)),
        fc.constantFrom<Record<string, string>>(
          {},
          { 'Content-Encoding': 'gzip' },
          { 'Content-Encoding': 'deflate' },
        ),
      ),
      ([bytes, length, headers]) =>
        check(Buffer.from(bytes), { ...headers, 'Inference-Header-Content-Length': length }),
    ));
});
