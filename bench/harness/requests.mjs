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
};

function batchBody() {
  const instances = Array.from({ length: BATCH_ROWS }, (_, i) => ROWS[i % ROWS.length].features);
  return JSON.stringify({ instances });
}

/** The bytes of a request, with a place for the client's address. */
export function requestBytes(path, body, client) {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n` +
      'Host: 127.0.0.1\r\n' +
      'User-Agent: inferserve-bench\r\n' +
      'Accept: application/json\r\n' +
      'Content-Type: application/json\r\n' +
      `X-Forwarded-For: ${client}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
