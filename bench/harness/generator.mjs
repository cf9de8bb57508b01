import { constants, setPriority } from 'node:os';
import { clientOfRequest } from './client-addresses.mjs';
import { Connection } from './connection.mjs';
import { LOADS } from './requests.mjs';

const MAX_SAMPLES = 4_000_000;
const PERCENTILES = [50, 90, 99, 99.9];
/** What is in flight at the end of a round is waited for, but not for ever. */
const DRAIN_MS = 5000;
const samples = new Float32Array(MAX_SAMPLES);
let requestNumber = 0;

// The generator polls all the time: a server that wrote to a sleeping process would pay for waking its core,
// the more often the slower it is. Redis, on the same core, goes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

process.on('message', async (order) => {
  try {
    process.send({ result: await round(order) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit(0));

/**
 * One round. Closed loop: each connection sends when it was answered. Open loop, where a rate is given:
 * requests are due at random times whatever the server does, and wait for a connection where none is free;
 * their latency counts from when they were due.
 */
function round({ port, kind, load = LOADS[kind], connections, durationMs, rate, polls }) {
  return new Promise((resolve, reject) => {
    const sentAt = new Map();
    const idle = [];
    const due = [];
    const wrong = { count: 0, example: undefined };
    let dueHead = 0;
    let count = 0;
    let inFlight = 0;
    let isOver = false;
    let startedAt = 0;

    const fire = (connection, since) => {
      sentAt.set(connection, since);
      inFlight++;
      connection.send(load.manyClients ? clientOfRequest(requestNumber++) : undefined);
    };
    const onAnswer = (connection, isRight, answer) => {
      const now = performance.now();
      inFlight--;
      samples[count++ % MAX_SAMPLES] = now - sentAt.get(connection);
      if (!isRight) {
        wrong.count++;
        wrong.example ??= answer.slice(0, 600);
      }
      if (dueHead < due.length) fire(connection, due[dueHead++]);
      else if (!isOver && rate === undefined) fire(connection, now);
      else idle.push(connection);
      if (isOver && inFlight === 0) finish(now);
    };
    const finish = (now) => {
      clearTimeout(drain);
      for (const connection of all) connection.close();
      resolve({ ...summary(count), count, wrong, seconds: (now - startedAt) / 1000 });
    };
    const fail = (error) => {
      clearTimeout(drain);
      isOver = true;
      for (const connection of all) connection.close();
      reject(error);
    };
    const all = Array.from(
      { length: connections },
      (_, index) => new Connection(port, load, index, { onAnswer, onError: fail }),
    );
    const drain = setTimeout(
      () => fail(new Error(`${inFlight} requests were not answered`)),
      durationMs + DRAIN_MS,
    );

    const poll = () => {
      if (!isOver) setImmediate(poll);
    };
    const openLoop = (end) => {
      let next = startedAt;
      const pump = () => {
        const now = performance.now();
        while (next <= now && next < end) {
          const connection = idle.pop();
          if (connection) fire(connection, next);
          else due.push(next);
          next += (-Math.log(1 - Math.random()) * 1000) / rate;
        }
        if (next < end) {
          setImmediate(pump);
          return;
        }
        isOver = true;
        if (inFlight === 0) finish(now);
      };
      pump();
    };

    Promise.all(all.map((connection) => connection.opened)).then(() => {
      startedAt = performance.now();
      if (rate !== undefined) {
        idle.push(...all);
        openLoop(startedAt + durationMs);
        return;
      }
      if (polls) poll();
      setTimeout(() => {
        isOver = true;
      }, durationMs);
      for (const connection of all) fire(connection, startedAt);
    });
  });
}

/** Latency in ms. */
function summary(count) {
  const sorted = samples.slice(0, Math.min(count, MAX_SAMPLES)).sort();
  const at = (percent) =>
    sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
  return {
    latencyMs: Object.fromEntries(PERCENTILES.map((percent) => [`p${percent}`, at(percent)])),
    maxMs: sorted.at(-1),
  };
}
