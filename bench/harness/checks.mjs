import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMIT } from './commands.mjs';
import { BATCH_ROWS, LOADS, ROWS } from './requests.mjs';

const READY_MS = 30_000;

/** Waits until a server answers at all. */
export async function untilAnswering(server, port) {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    if (server.hasEnded()) throw new Error('it ended at its start');
    try {
      await (await fetch(`http://127.0.0.1:${port}/`)).text();
      return;
    } catch {
      await sleep(20);
    }
  }
  throw new Error(`it does not answer within ${READY_MS / 1000} s`);
}

async function post(port, path, body, client, headers) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': client, ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Right answers, wrong bodies refused, and one client stopped at the limit while others are not. */
export async function checkPredictions(port) {
  for (const [i, { features, label }] of ROWS.entries()) {
    const { status, text } = await post(port, '/predict', JSON.stringify(features), `10.0.1.${i}`);
    expect(`POST /predict for ${label}`, { status, text }, 200, { predicted_class: label });
  }
  const { petal_width: _, ...incomplete } = ROWS[0].features;
  const bad = await post(port, '/predict', JSON.stringify(incomplete), '10.0.2.1');
  if (![400, 422].includes(bad.status)) throw new Error(`it takes a body without petal_width`);
  await checkLimit(port, '/predict', JSON.stringify(ROWS[0].features));
}

/** The expected answer to each body of a load, and one client stopped at the limit. */
export async function checkLoad(port, { path, bodies, headers, expected, status }) {
  for (const [i, body] of bodies.entries()) {
    const got = await post(port, path, body, `10.0.1.${i}`, headers);
    if (got.status === status && got.text.includes(expected[i])) continue;
    throw new Error(`POST ${path}: not ${expected[i]} but ${got.status} ${got.text.slice(0, 300)}`);
  }
  await checkLimit(port, path, bodies[0], headers);
}

/** Whether a contender really does what the table says that it does besides. */
export async function checkDuties({ log, metrics, requestId }, port, logFile) {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const text = await answer.text();
  if (metrics && !text.includes('http_request_duration_seconds_count')) {
    throw new Error('it has no metrics of requests');
  }
  if (requestId && !answer.headers.get('x-request-id')) throw new Error('it gives no request id');
  // A log may be written in blocks.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const lines = readFileSync(logFile, 'utf8').split('\n').length;
  if (log && lines < ROWS.length) throw new Error('it does not log its requests');
}

/** @returns why batches cannot be measured, or `undefined` where they are answered rightly */
export async function checkBatch(port) {
  const [body] = LOADS.batch.bodies;
  const { status, text } = await post(port, '/predict/batch', body, '10.0.3.1');
  if (status === 404) return 'POST /predict/batch is not there';
  const wanted = {
    predictions: Array.from({ length: BATCH_ROWS }, (_, i) => ({
      predicted_class: ROWS[i % ROWS.length].label,
    })),
  };
  expect('POST /predict/batch', { status, text }, 200, wanted);
  return undefined;
}

async function checkLimit(port, path, body, headers) {
  for (let i = 1; i <= LIMIT; i++) {
    const { status } = await post(port, path, body, '10.0.4.1', headers);
    if (status !== 200) throw new Error(`request ${i} of ${LIMIT} got ${status}`);
  }
  const over = await post(port, path, body, '10.0.4.1', headers);
  if (over.status !== 429) throw new Error(`request ${LIMIT + 1} got ${over.status}, not 429`);
  const other = await post(port, path, body, '10.0.5.1', headers);
  if (other.status !== 200) throw new Error(`another client got ${other.status}`);
}

function expect(what, { status, text }, wantedStatus, wanted) {
  if (status === wantedStatus && text === JSON.stringify(wanted)) return;
  throw new Error(`${what}: ${status} ${text.slice(0, 300)}`);
}
