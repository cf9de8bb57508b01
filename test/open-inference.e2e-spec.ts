import { mixedArtifact, mixedInputs } from './support/mixed-model';
import { tritonInfer } from './support/v2-client';
import { irisReference } from './support/reference-models';
import { IRIS, irisTensor, ReferenceServer } from './support/reference-server';

const server = new ReferenceServer();
const { rows: X, labels } = IRIS;
const { predict, predictProba } = irisReference();

describe('answers', () => {
  test.each([
    ['a flat tensor', 'input-0', X.flat()],
    ['a nested one', 'X', X],
    ['the name of ONNX', 'float_input', X.flat()],
  ])('to %s are those of scikit-learn', async (_, name, data) => {
    await server.start();
    const shape = [150, 4];
    const { status, body, headers } = await server.infer({
      inputs: [{ name, shape, datatype: 'FP64', data }],
    });
    expect([status, headers['x-model-version']]).toEqual([200, '1']);
    const { outputs, ...about } = body;
    expect(about).toEqual({ model_name: 'reference', model_version: '1' });
    expect(outputs[0]).toEqual({ name: 'predict', datatype: 'BYTES', shape: [150], data: labels });
    const { data: probabilities, ...proba } = outputs[1];
    expect(proba).toEqual({ name: 'predict_proba', datatype: 'FP64', shape: [150, 3] });
    for (const [i, p] of predictProba.flat().entries()) {
      expect(probabilities[i]).toBeCloseTo(p, 12);
    }
  });

  test('to one tensor per column, in any order', async () => {
    await server.start();
    const names = ['petal_width', 'sepal_length', 'petal_length', 'sepal_width'];
    const positions = [3, 0, 2, 1];
    const inputs = names.map((name, k) => ({
      name,
      shape: k % 2 === 0 ? [150] : [150, 1],
      datatype: 'FP32',
      data: X.map((row) => row[positions[k]!]),
    }));
    const { body } = await server.infer({ inputs, outputs: [{ name: 'label' }] });
    expect(body.outputs).toEqual([
      { name: 'label', datatype: 'BYTES', shape: [150], data: labels },
    ]);
  });

  test('in binary form, both ways', async () => {
    await server.start();
    const http = () => server.api.http();
    const { outputs, json } = await tritonInfer(http, 'reference', { name: 'input-0', rows: X });
    expect(json['model_name']).toBe('reference');
    expect(outputs.get('predict')).toEqual({ shape: [150], data: labels });
    const proba = outputs.get('predict_proba')!;
    expect(proba.shape).toEqual([150, 3]);
    for (const [i, p] of predictProba.flat().entries()) expect(proba.data[i]).toBeCloseTo(p, 12);
  });

  test('the class index, and the top classes as text', async () => {
    await server.start();
    const outputs = [
      { name: 'output-0' },
      { name: 'predict_proba', parameters: { classification: 2 } },
    ];
    const { body } = await server.infer({ ...irisTensor([X[0], X[149]], 'FP64', 2), outputs });
    expect(body.outputs[0]).toEqual({
      name: 'output-0',
      datatype: 'INT64',
      shape: [2],
      data: [predict[0], predict[149]],
    });
    const top = body.outputs[1];
    expect([top.datatype, top.shape]).toEqual(['BYTES', [2, 2]]);
    expect(top.data[0]).toMatch(/^0\.9\d+:0:setosa$/);
    expect(top.data[1]).toMatch(/^0\.\d+:1:versicolor$/);
    expect(top.data[2]).toMatch(/^0\.\d+:2:virginica$/);
  });
});

describe('columns of all kinds', () => {
  const start = () => server.start({}, { artifact: mixedArtifact() });
  const ask = async (changes: Readonly<Record<string, object>>) => {
    await start();
    const inputs = mixedInputs().map((input) => ({ ...input, ...changes[input.name] }));
    return server.api
      .http()
      .post('/v2/models/mixed/versions/2/infer')
      .send({ inputs, outputs: [{ name: 'predict_proba' }] });
  };

  test.each<[string, Readonly<Record<string, object>>, number]>([
    // The score is age/10 + the position of the city + 2 for members - 3.
    ['as stated', {}, 2],
    ['a missing number', { age: { data: [null] } }, -1],
    ['an integer', { age: { datatype: 'INT32', data: [40] } }, 3],
    ['another category', { city: { data: ['Köln'] } }, 3],
    ['an empty text that is a category', { city: { data: [''] } }, 4],
    ['an unknown category', { city: { data: ['Ulm'] } }, 1],
    ['false', { member: { data: [false] } }, 0],
    ['a missing category', { grade: { data: [null] } }, 2],
  ])('%s', async (_, changes, score) => {
    const { status, body } = await ask(changes);
    expect(status).toBe(200);
    expect(body.outputs[0].data[1]).toBeCloseTo(1 / (1 + Math.exp(-score)), 12);
  });

  test.each<[string, Readonly<Record<string, object>>, string]>([
    [
      'null where nothing may be missing',
      { member: { data: [null] } },
      'inputs[2].data: row 0, column "member": Input should be true or false',
    ],
    [
      'an unknown value where none is accepted',
      { grade: { data: [3] } },
      'inputs[3].data: row 0, column "grade": Input should be one of 1, 2',
    ],
    [
      'text for a number',
      { age: { datatype: 'BYTES', data: ['30'] } },
      'inputs[0].datatype: Column "age" takes FP64, FP32 or an integer type',
    ],
    [
      'numbers for a boolean',
      { member: { datatype: 'INT64', data: [1] } },
      'inputs[2].datatype: Column "member" takes BOOL',
    ],
    [
      'another number of rows',
      { city: { shape: [2], data: ['Bonn', 'Bonn'] } },
      'inputs[1].shape: The shape of each input should be [rows] or [rows, 1], with as many rows',
    ],
  ])('%s is 400', async (_, changes, error) => {
    const { status, body } = await ask(changes);
    expect([status, body]).toEqual([400, { error }]);
  });

  test('NaN in binary data is a missing value', async () => {
    await start();
    const [, ...others] = mixedInputs();
    const json = JSON.stringify({
      inputs: [
        { name: 'age', shape: [1], datatype: 'FP64', parameters: { binary_data_size: 8 } },
        ...others,
      ],
      outputs: [{ name: 'predict_proba' }],
    });
    const bytes = Buffer.concat([Buffer.from(json), Buffer.from('000000000000f87f', 'hex')]);
    const { body } = await server.api
      .http()
      .post('/v2/models/mixed/infer')
      .set({
        'content-type': 'application/octet-stream',
        'inference-header-content-length': String(json.length),
      })
      .send(bytes);
    expect(body.outputs[0].data[1]).toBeCloseTo(1 / (1 + Math.exp(1)), 12);
  });

  test('metadata describes each column', async () => {
    await start();
    const { body } = await server.api.http().get('/v2/models/mixed');
    expect(body).toMatchObject({
      name: 'mixed',
      versions: ['2'],
      inputs: [
        { name: 'age', datatype: 'FP64', shape: [-1, 1] },
        { name: 'city', datatype: 'BYTES', shape: [-1, 1] },
        { name: 'member', datatype: 'BOOL', shape: [-1, 1] },
        { name: 'grade', datatype: 'FP64', shape: [-1, 1] },
      ],
      outputs: [
        { name: 'predict', datatype: 'BYTES', shape: [-1] },
        { name: 'predict_proba', datatype: 'FP64', shape: [-1, 2] },
      ],
    });
    expect(JSON.parse(body.properties.classes)).toEqual(['no', 'yes']);
    expect(JSON.parse(body.properties.columns)[1]).toMatchObject({
      examples: ['Bonn', 'Köln', ''],
    });
  });

  test('its documented example is answered as documented', async () => {
    await start();
    const { body: document } = await server.api.http().get('/docs-json');
    const { post } = document.paths['/v2/models/{model}/infer'];
    const { example } = post.requestBody.content['application/json'];
    const { body } = await server.api.http().post('/v2/models/mixed/infer').send(example);
    expect(body).toEqual(post.responses[200].content['application/json'].example);
  });
});
