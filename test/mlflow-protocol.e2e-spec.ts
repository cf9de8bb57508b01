import { Lifecycle } from '../apps/api/src/health/lifecycle';
import { mixedArtifact } from './support/mixed-model';
import { ModelFolder } from './support/model-folder';
import { irisReference, irisReferenceArtifact } from './support/reference-models';
import { type Api, startApi } from './support/start-api';

const folder = new ModelFolder();
let api: Api;
afterEach(() => api?.close());
afterAll(() => folder.remove());

const start = async (
  artifact = irisReferenceArtifact() as Parameters<ModelFolder['put']>[0],
  variables: Readonly<Record<string, string>> = {},
): Promise<void> => {
  api = await startApi({
    RATE_LIMIT: '1000',
    PROTOCOLS: 'native,v2,v1,mlflow',
    ...folder.put(artifact),
    ...variables,
  });
};
const post = (path: string, body: object | string, type = 'application/json') =>
  api
    .http()
    .post(path)
    .set('content-type', type)
    .send(typeof body === 'string' ? body : JSON.stringify(body));

const { X, predict, targetNames } = irisReference();
const labels = predict.map((k) => targetNames[k]!);
const NAMES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];
const records = X.map((row) => Object.fromEntries(row.map((value, j) => [NAMES[j], value])));

describe('MLflow and SageMaker', () => {
  const csv = [NAMES.join(), ...X.map((row) => row.join())].join('\n');
  const shuffled = NAMES.toReversed();

  test.each<[string, object | string, string]>([
    ['dataframe_split', { dataframe_split: { columns: NAMES, data: X } }, 'application/json'],
    [
      'dataframe_split in another order, with an index',
      {
        dataframe_split: {
          index: X.map((_, i) => i),
          columns: shuffled,
          data: X.map((row) => row.toReversed()),
        },
      },
      'application/json',
    ],
    ['dataframe_split without names', { dataframe_split: { data: X } }, 'application/json'],
    ['dataframe_records', { dataframe_records: records }, 'application/json'],
    ['instances', { instances: X, params: { a: 1 } }, 'application/json'],
    [
      'inputs by column',
      { inputs: Object.fromEntries(NAMES.map((name, j) => [name, X.map((row) => row[j])])) },
      'application/json; charset=utf-8',
    ],
    ['CSV', csv, 'text/csv'],
    [
      'CSV with a byte order mark and CRLF',
      `\ufeff${csv.replaceAll('\n', '\r\n')}\r\n`,
      'text/csv',
    ],
  ])('%s: the predictions of scikit-learn', async (_, body, type) => {
    await start();
    const answer = await post('/invocations', body, type);
    expect(answer.headers['x-model-version']).toBe('1');
    expect([answer.status, answer.body]).toEqual([200, { predictions: labels }]);
  });

  test('cells of all kinds of column', async () => {
    await start(mixedArtifact());
    const body =
      'age,city,member,grade\n30,Bonn,true,1\n,"Köln",False,\n,Ulm,false,2\n60,Ulm,true,2';
    // age/10 + position of the city (-1 unknown) + 2 for members - 3: 2, -2, -4, 4.
    expect((await post('/invocations', body, 'text/csv')).body).toEqual({
      predictions: ['yes', 'no', 'no', 'yes'],
    });
  });

  test.each<[string, object | string, string, number, string]>([
    ['no form', { rows: [] }, 'application/json', 400, 'The body should be an object with one of'],
    ['two', { instances: [], inputs: [] }, 'application/json', 400, 'The body should be an object'],
    ['no data', { dataframe_split: {} }, 'application/json', 400, 'dataframe_split.data: Input'],
    [
      'columns of unequal length',
      { inputs: { a: [1], b: [] } },
      'application/json',
      400,
      'inputs: ',
    ],
    [
      'a bad row',
      { instances: [[1, 2, 3, null]] },
      'application/json',
      400,
      'instances[0].petal_width',
    ],
    [
      'a bad cell',
      `${NAMES.join()}\n1,2,3,x`,
      'text/csv',
      400,
      'rows[0].petal_width: Input should be',
    ],
    [
      'a long row',
      `${NAMES.join()}\n1,2,3,4,5`,
      'text/csv',
      400,
      'Row 0 has 5 cells, the header 4',
    ],
    ['a prototype', '__proto__,b\n1,2', 'text/csv', 400, 'rows[0].sepal_length: Field required'],
    ['broken quotes', '"a', 'text/csv', 400, 'The body is not valid CSV: record 1'],
    ['XML', '<a/>', 'text/xml', 415, 'Send JSON'],
  ])('%s', async (_, body, type, status, message) => {
    await start();
    const answer = await post('/invocations', body, type);
    expect([answer.status, answer.body.error_code]).toEqual([status, 'BAD_REQUEST']);
    expect(answer.body.message).toContain(message);
  });

  test('/ping is readiness, /version a text', async () => {
    await start();
    const ping = await api.http().get('/ping');
    expect([ping.status, ping.text]).toEqual([200, '\n']);
    expect((await api.http().get('/version')).text).toMatch(/^\d+\.\d+\.\d+$/);
    api.app.get(Lifecycle).beginStop();
    const stopping = await api.http().get('/ping');
    expect([stopping.status, stopping.body]).toEqual([
      503,
      { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'Not ready: shutdown' },
    ]);
  });
});
