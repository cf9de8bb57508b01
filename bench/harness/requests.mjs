/** Rows of the Iris data set that every fair model of it classifies alike. */
export const ROWS = [
  [5.1, 3.5, 1.4, 0.2, 'setosa'],
  [4.9, 3.1, 1.5, 0.1, 'setosa'],
  [5.7, 4.4, 1.5, 0.4, 'setosa'],
  [5.5, 2.3, 4.1, 1.3, 'versicolor'],
  [5.7, 2.8, 4.5, 1.3, 'versicolor'],
  [5.6, 2.9, 3.6, 1.3, 'versicolor'],
  [6.3, 3.3, 6.1, 2.5, 'virginica'],
  [7.6, 3.1, 6.6, 2.1, 'virginica'],
  [6.5, 3.2, 5.8, 2.2, 'virginica'],
].map(([sepalLength, sepalWidth, petalLength, petalWidth, label]) => ({
  label,
  features: {
    sepal_length: sepalLength,
    sepal_width: sepalWidth,
    petal_length: petalLength,
    petal_width: petalWidth,
  },
}));

export const BATCH_ROWS = 10_000;

const BINARY_ROW_BYTES = 32;

/**
 * The load of each kind: bodies to send in turn, the answer expected of each, how
 * many others are tolerated, and whether they come from many clients.
 */
export const LOADS = {
  predict: {
    path: '/predict',
    bodies: ROWS.map(({ features }) => JSON.stringify(features)),
    expected: ROWS.map(({ label }) => `"predicted_class":"${label}"`),
    status: 200,
    tolerated: 0,
    manyClients: true,
  },
  flood: {
    path: '/predict',
    bodies: [JSON.stringify(ROWS[0].features)],
    expected: ['"detail"'],
    status: 429,
    // What the limit allows the one client, once a minute.
    tolerated: 10,
    manyClients: false,
  },
  batch: {
    path: '/predict/batch',
    bodies: [batchBody()],
    expected: ['"predictions"'],
    status: 200,
    tolerated: 0,
    manyClients: true,
  },
  'oip-json': {
    path: '/v2/models/iris/infer',
    bodies: ROWS.map(({ features }) => {
      const data = Object.values(features);
      return JSON.stringify({ inputs: [{ ...tensor(), data }] });
    }),
    expected: ROWS.map(({ label }) => `"data":["${label}"]`),
    status: 200,
    tolerated: 0,
    manyClients: true,
  },
  'oip-binary': {
    path: '/v2/models/iris/infer',
    ...binaryBodies(),
    expected: ROWS.map(({ label }) => label),
    status: 200,
    tolerated: 0,
    manyClients: true,
  },
};

function tensor() {
  return { name: 'input-0', shape: [1, 4], datatype: 'FP64' };
}

/** Tensors as bytes behind a JSON header, in both directions. */
function binaryBodies() {
  const head = JSON.stringify({
    parameters: { binary_data_output: true },
    inputs: [{ ...tensor(), parameters: { binary_data_size: BINARY_ROW_BYTES } }],
  });
  return {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Inference-Header-Content-Length': head.length,
    },
    bodies: ROWS.map(({ features }) => {
      const values = Buffer.from(Float64Array.from(Object.values(features)).buffer);
      return Buffer.concat([Buffer.from(head), values]);
    }),
  };
}

function batchBody() {
  const instances = Array.from({ length: BATCH_ROWS }, (_, i) => ROWS[i % ROWS.length].features);
  return JSON.stringify({ instances });
}

/** The bytes of a request, with a place for the client's address. */
export function requestBytes({ path, headers }, body, client) {
  const fields = {
    Host: '127.0.0.1',
    'User-Agent': 'inferserve-bench',
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-Forwarded-For': client,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ]);
}
