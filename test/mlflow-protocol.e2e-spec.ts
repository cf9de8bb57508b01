import { Lifecycle } from '../apps/api/src/health/lifecycle';
import { mixedArtifact } from './support/mixed-model';
import { IRIS, ReferenceServer } from './support/reference-server';

const server = new ReferenceServer({ PROTOCOLS: 'native,v2,v1,mlflow' });
const { names: NAMES, rows: X, records, labels } = IRIS;

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
    await server.start();
    const answer = await server.post('/invocations', body, { 'content-type': type });
    expect(answer.headers['x-model-version']).toBe('1');
    expect([answer.status, answer.body]).toEqual([200, { predictions: labels }]);
  });

  test('cells of all kinds of column', async () => {
    await server.start({}, { artifact: mixedArtifact() });
    const body =
      'age,city,member,grade\n30,Bonn,true,1\n,"Köln",False,\n,Ulm,false,2\n60,Ulm,true,2';
    // age/10 + position of the city (-1 unknown) + 2 for members - 3: 2, -2, -4, 4.
    expect((await server.post('/invocations', body, { 'content-type': 'text/csv' })).body).toEqual({
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
    await server.start();
    const answer = await server.post('/invocations', body, { 'content-type': type });
    expect([answer.status, answer.body.error_code]).toEqual([status, 'BAD_REQUEST']);
    expect(answer.body.message).toContain(message);
  });

  test('/ping is readiness, /version a text', async () => {
    await server.start();
    const ping = await server.api.http().get('/ping');
    expect([ping.status, ping.text]).toEqual([200, '\n']);
    expect((await server.api.http().get('/version')).text).toMatch(/^\d+\.\d+\.\d+$/);
    server.api.app.get(Lifecycle).beginStop();
    const stopping = await server.api.http().get('/ping');
    expect([stopping.status, stopping.body]).toEqual([
      503,
      { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'Not ready: shutdown' },
    ]);
  });
});
