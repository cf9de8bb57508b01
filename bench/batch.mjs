// What a batch costs the server as JSON and as binary tensors: CPU and bytes.
// npm run build && node bench/batch.mjs [rows] [requests]
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';

const ROWS = Number(process.argv[2] ?? 10_000);
const REQUESTS = Number(process.argv[3] ?? 40);
const WARM_UP = 15;
const PORT = 18_400 + (process.pid % 1000);
const RANGES = [
  [4.3, 7.9],
  [2, 4.4],
  [1, 6.9],
  [0.1, 2.5],
];

/** Deterministic, so that every run sends the same. */
function rows(digits) {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: ROWS }, () =>
    RANGES.map(([low, high]) => {
      const value = low + random() * (high - low);
      return digits === undefined ? value : Number(value.toFixed(digits));
    }),
  );
}

function jsonBody(data) {
  const inputs = [{ name: 'input-0', shape: [ROWS, 4], datatype: 'FP64', data: data.flat() }];
  return {
    body: Buffer.from(JSON.stringify({ inputs })),
    headers: { 'Content-Type': 'application/json' },
  };
}

const NAMES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

function nativeBody(data) {
  const instances = data.map((row) => Object.fromEntries(row.map((value, j) => [NAMES[j], value])));
  return {
    path: '/predict/batch?include=probabilities',
    body: Buffer.from(JSON.stringify({ instances })),
    headers: { 'Content-Type': 'application/json' },
  };
}

function binaryBody(data) {
  const values = Buffer.from(Float64Array.from(data.flat()).buffer);
  const json = Buffer.from(
    JSON.stringify({
      parameters: { binary_data_output: true },
      inputs: [
        {
          name: 'input-0',
          shape: [ROWS, 4],
          datatype: 'FP64',
          parameters: { binary_data_size: values.length },
        },
      ],
    }),
  );
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Inference-Header-Content-Length': json.length,
  };
  return { body: Buffer.concat([json, values]), headers };
}

const agent = new Agent({ keepAlive: true });

function send(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: PORT, method, path, headers, agent },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode, bytes: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function metric(name) {
  const { bytes } = await send('GET', '/metrics');
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(bytes.toString())[1]);
}

async function cpuMs({ path = '/v2/models/iris/infer', body, headers }, count) {
  const before = await metric('process_cpu_seconds_total');
  let size = 0;
  for (let i = 0; i < count; i++) {
    const { status, bytes } = await send('POST', path, body, {
      ...headers,
      'Content-Length': body.length,
    });
    if (status !== 200) throw new Error(`${status} ${bytes.toString().slice(0, 200)}`);
    size = bytes.length;
  }
  const seconds = (await metric('process_cpu_seconds_total')) - before;
  return { ms: (seconds * 1000) / count, sent: body.length, received: size };
}

const server = spawn(process.execPath, ['dist/server.js'], {
  env: {
    PORT: String(PORT),
    HOST: '127.0.0.1',
    RATE_LIMIT: '10000',
    RATE_LIMIT_WINDOW_SECONDS: '1',
    MAX_BATCH_ROWS: String(Math.max(ROWS, 10_000)),
    BATCH_BODY_LIMIT: '64mb',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
try {
  for (;;) {
    try {
      if ((await send('GET', '/health/ready')).status === 200) break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  for (const [title, data] of [
    ['full precision', rows()],
    ['one decimal', rows(1)],
  ]) {
    const forms = {
      'native JSON': nativeBody(data),
      JSON: jsonBody(data),
      binary: binaryBody(data),
    };
    const best = {};
    for (const form of Object.values(forms)) await cpuMs(form, WARM_UP);
    // Whatever else runs on the machine only adds: the cheapest of three rounds is the least disturbed.
    for (let round = 0; round < 3; round++) {
      for (const [name, form] of Object.entries(forms)) {
        const cost = await cpuMs(form, REQUESTS);
        if (!best[name] || cost.ms < best[name].ms) best[name] = cost;
      }
    }
    for (const [name, { ms, sent, received }] of Object.entries(best)) {
      process.stdout.write(
        `${title}, ${ROWS} rows as ${name}: ${ms.toFixed(2)} ms of CPU, ${sent} bytes in, ${received} bytes out\n`,
      );
    }
    for (const name of ['JSON', 'native JSON']) {
      const ratio = best[name].ms / best.binary.ms;
      process.stdout.write(`${title}: binary costs 1/${ratio.toFixed(1)} of ${name}\n`);
    }
  }
} finally {
  agent.destroy();
  server.kill('SIGKILL');
}
