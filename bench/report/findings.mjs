import { BATCH_ROWS } from '../harness/requests.mjs';

/** Sentences with the figures that the targets of the server are about; without those that were not measured. */
export function findings({ contenders, jsonParseMicros, footprint }) {
  const found = new Map(contenders.map((each) => [each.id, each]));
  const cpu = (id) => found.get(id)?.saturated?.cpuMicros.median;
  const p99 = (id) => found.get(id)?.at70Percent?.latencyMs.p99;
  const tail = (id) => p99(id)?.median;
  const quietTail = (id) => p99(id) && Math.min(...p99(id).values);
  const ratio = (text, of, to) =>
    of !== undefined &&
    to !== undefined &&
    `${text}: ${(of / to).toPrecision(of / to < 0.1 ? 1 : 3)}`;
  return [
    ratio('CPU per request to that of the bare floor', cpu('ours'), cpu('floor')),
    ratio('… to the floor with one script call a turn, as ours', cpu('ours'), cpu('floor-batched')),
    ratio('… to Fastify with its own logger', cpu('ours'), cpu('fastify')),
    ratio('… to Fastify with one log line a request', cpu('ours'), cpu('fastify-one-line')),
    ratio('… to Express', cpu('ours'), cpu('express')),
    ratio('… to stock Nest', cpu('ours'), cpu('nest')),
    ratio('… to the Python service', cpu('ours'), cpu('python')),
    ratio('p99 at 70 % of saturation to that of Fastify', tail('ours'), tail('fastify')),
    ratio('… each in its quietest round', quietTail('ours'), quietTail('fastify')),
    ...atOneRate(found),
    ratio('… of Fastify with one log line', tail('ours'), tail('fastify-one-line')),
    ...['forest', 'xgboost', 'mixed'].flatMap((kind) => [
      ratio(`${kind}: to Fastify with onnxruntime`, cpu(`ours-${kind}`), cpu(`onnx-${kind}`)),
      ratio(`${kind}: to FastAPI`, cpu(`ours-${kind}`), cpu(`python-${kind}`)),
    ]),
    ratio('Open Inference JSON to the native protocol', cpu('ours-oip-json'), cpu('ours')),
    ratio('… binary', cpu('ours-oip-binary'), cpu('ours')),
    ...refusals(found, cpu),
    ...batch(cpu('ours-batch'), jsonParseMicros),
    ...workers(found, cpu),
    ...size(footprint),
  ].filter(Boolean);
}

function atOneRate(found) {
  const [ours, theirs] = ['ours', 'fastify'].map((id) => found.get(id)?.atOneRate);
  if (!ours || !theirs) return [];
  const figures = ['p50', 'p99'].map((percentile) => {
    const [here, there] = [ours, theirs].map(({ latencyMs }) => latencyMs[percentile].median);
    return `${percentile} ${here.toFixed(2)} ms here, ${there.toFixed(2)} ms there`;
  });
  const rate = Math.round(theirs.rate.median).toLocaleString('en');
  return [
    `… both at ${rate} requests a second, 70 % of what Fastify can take: ${figures.join('; ')}`,
  ];
}

function refusals(found, cpu) {
  const flood = found.get('ours-flood')?.saturated;
  if (!flood || cpu('ours') === undefined) return [];
  const perSecond = cpu('ours') / cpu('ours-flood');
  return [
    `Refusals per CPU second to accepted requests: ${perSecond.toFixed(2)}, with ${flood.redisDecisions.median} Redis decisions each`,
  ];
}

function batch(micros, jsonParseMicros) {
  if (micros === undefined || !jsonParseMicros) return [];
  const rows = Math.round((BATCH_ROWS / micros) * 1e6).toLocaleString('en');
  const toParse = (micros / jsonParseMicros.median).toFixed(2);
  return [`Batch rows per CPU second: ${rows}; CPU to that of JSON.parse of the body: ${toParse}`];
}

function workers(found, cpu) {
  const two = found.get('ours-workers')?.saturated;
  if (!two || cpu('ours') === undefined) return [];
  const scaled = ((2 * cpu('ours')) / cpu('ours-workers')).toFixed(2);
  const rate = (two.rate.median / found.get('ours').saturated.rate.median).toFixed(2);
  return [
    `2 workers on cores of their own could take ${scaled} times the requests of 1 by CPU per request; here they took ${rate} times, with ${two.coresBusy.median} cores busy`,
  ];
}

function size(footprint) {
  if (!footprint) return [];
  const { readyMs, memory } = footprint;
  const requests = memory.requests.toLocaleString('en');
  return [
    `Ready ${Math.round(readyMs.median)} ms after its start (${readyMs.values.length} starts, quartiles ${readyMs.quartiles.map(Math.round).join(' and ')})`,
    `Resident memory ${memory.startMiB} MiB at the start, ${memory.endMiB} MiB after ${requests} requests, ${memory.peakMiB} MiB at the most`,
  ];
}
