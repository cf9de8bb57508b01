import { findings } from './findings.mjs';

/** Share of the time for which a core has to be busy for its figures of throughput to be the server's own. */
const BUSY = 0.9;

/** The results as Markdown: what was measured on what, a table, and what follows from it. */
export function report(results) {
  return [
    '# Benchmark results',
    conditions(results),
    table(results, isIris),
    '## Models of other kinds, and the Open Inference Protocol',
    'One row a request, as above; every contender of a kind serves the same fitted model, and each answer is compared with its library.',
    table(results, (contender) => !isIris(contender)),
    busyReasons(results),
    ...starts(results),
    '## In figures',
    findings(results)
      .map((line) => `- ${line}`)
      .join('\n'),
    '## What each does besides limiting, checking and answering',
    duties(results),
    '## Versions',
    versions(results),
  ].join('\n\n');
}

function conditions({ date, machine, settings }) {
  const { processor, cores, memoryGiB, system, node, redis, pinned } = machine;
  const { rounds, secondsPerRound, connections, limit, windowSeconds } = settings;
  const place = pinned.server === undefined ? 'unpinned' : 'the server alone on one of them';
  return [
    `${date}; ${processor}, ${cores} cores (${place}), ${memoryGiB} GiB, ${system}, load ${machine.loadBefore} before; Node ${node}, Redis ${redis}.`,
    `${rounds} interleaved rounds of ${secondsPerRound} s saturated and ${secondsPerRound} s at 70 % of that rate, over ${connections} connections;`,
    `${settings.clientsAtOnce} clients at once with ${settings.requestsPerClient} requests each, limit ${limit} in ${windowSeconds} s. Medians ± median absolute deviation.`,
  ].join('\n');
}

const IRIS_LOADS = new Set(['predict', 'flood', 'batch']);

/** Whether a contender serves the Iris model by the native protocol. */
export function isIris({ kind }) {
  return IRIS_LOADS.has(kind);
}

/** Why a core was not busy all the time: what else a request takes on the other one. */
function busyReasons({ contenders }) {
  const lines = contenders
    .filter(({ saturated, processes }) => saturated?.coresBusy.median < BUSY * processes)
    .map(({ name, saturated: { cpuMicros, generatorMicros, redisMicros } }) => {
      const elsewhere = generatorMicros.median + redisMicros.median;
      const why =
        elsewhere > cpuMicros.median * BUSY
          ? 'the core of the load is the limit'
          : 'it waits for Redis, or its requests for one another';
      return `- ${name}: ${why}; a request takes ${digits(cpuMicros.median)} µs here, and there ${digits(generatorMicros.median)} µs of the generator, which polls, and ${digits(redisMicros.median)} µs of Redis`;
    });
  if (lines.length === 0) return 'Every core of a server was busy for at least 90 % of the time.';
  return ['Core busy below 90 %:', '', ...lines].join('\n');
}

/** Cold starts beside the peers'. */
function starts({ footprint }) {
  if (!footprint?.starts) return [];
  const rows = footprint.starts.map(({ name, readyMs, cpuMs, residentMiB }) => {
    const cells = [readyMs, cpuMs, residentMiB].map(({ median }) => Math.round(median));
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  const head = ['| contender | first answer, ms | CPU, ms | resident after 2 s, MiB |'];
  return ['## Cold start', [...head, '| --- | ---: | ---: | ---: |', ...rows].join('\n')];
}

function table({ contenders }, isIn) {
  const floor = contenders.find(({ id }) => id === 'floor')?.saturated?.cpuMicros.median;
  const head = [
    'contender',
    'CPU µs a request',
    '× floor',
    'requests/s',
    'core busy',
    'p50 at 70 %, ms',
    'p99 at 70 %, ms (quietest round)',
    'Redis µs a request',
  ];
  const rows = contenders.filter(isIn).map((each) => row(each, floor));
  const alignment = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row({ name, unavailable, saturated, at70Percent }, floor) {
  if (unavailable) return [name, 'not available', ...Array(6).fill('')];
  const { cpuMicros, rate, coresBusy, redisMicros } = saturated;
  const { p50, p99 } = at70Percent?.latencyMs ?? {};
  return [
    name,
    `${digits(cpuMicros.median)} ± ${digits(cpuMicros.deviation)}`,
    floor === undefined ? '' : (cpuMicros.median / floor).toFixed(2),
    Math.round(rate.median).toLocaleString('en'),
    `${Math.round(coresBusy.median * 100)} %`,
    p50 ? p50.median.toFixed(2) : '',
    p99 ? `${p99.median.toFixed(2)} (${Math.min(...p99.values).toFixed(2)})` : '',
    digits(redisMicros.median),
  ];
}

function duties({ contenders }) {
  return contenders
    .map(({ name, also: { log, metrics, requestId } }) => {
      const parts = [log, metrics && `metrics ${metrics}`, requestId && 'request id'];
      return `- ${name}: ${parts.filter(Boolean).join('; ') || 'nothing'}`;
    })
    .join('\n');
}

function versions({ versions: named }) {
  return Object.entries(named)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** Enough digits of microseconds to compare, and no more. */
function digits(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}
