/** What the server is to reach, what it reached in the run, and where that falls short, why. */
export function targets({ contenders, jsonParseMicros, footprint }) {
  const found = new Map(contenders.map((each) => [each.id, each]));
  const cpu = (id) => found.get(id)?.saturated?.cpuMicros.median;
  const tail = (id) => Math.min(...(found.get(id)?.at70Percent?.latencyMs.p99.values ?? []));
  const pacedTail = (id) => found.get(id)?.atOneRate?.latencyMs.p99.median;
  const rows = TARGETS.map(({ text, atMost, atLeast, value, unit = '', why }) => {
    const reached = value({ cpu, tail, pacedTail, parse: jsonParseMicros?.median, footprint });
    if (reached === undefined || Number.isNaN(reached)) return undefined;
    const isMet = atMost === undefined ? reached >= atLeast : reached <= atMost;
    const figure = reached >= 50 ? Math.round(reached).toLocaleString('en') : reached.toFixed(2);
    return [text, `${figure}${unit}`, isMet ? 'reached' : why];
  });
  return [['Target', 'In the committed run', ''], ['---', '---', '---'], ...rows]
    .filter(Boolean)
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const TARGETS = [
  {
    text: 'CPU of a request at most 1.2 × the bare floor',
    atMost: 1.2,
    value: ({ cpu }) => cpu('ours') / cpu('floor'),
    why: 'the floor logs, measures and checks nothing: log line, metrics, six header fields and the memory of clients are what is left',
  },
  {
    text: 'at most Fastify + @fastify/rate-limit',
    atMost: 1,
    value: ({ cpu }) => cpu('ours') / cpu('fastify'),
    why: '',
  },
  {
    text: 'at most half of Express',
    atMost: 0.5,
    value: ({ cpu }) => cpu('ours') / cpu('express'),
    why: 'within the spread of the runs',
  },
  {
    text: 'refusals per CPU second at least 2 × the accepted requests',
    atLeast: 2,
    value: ({ cpu }) => cpu('ours') / cpu('ours-flood'),
    why: 'see below',
  },
  {
    text: 'p99 at 70 % of saturation at most that of Fastify, each in its quietest round',
    atMost: 1,
    value: ({ tail }) => tail('ours') / tail('fastify'),
    why: '70 % of a higher rate: the core that Redis and the generator share is nearer to its end',
  },
  {
    text: '… each at the same rate, 70 % of what Fastify can take, medians',
    atMost: 1,
    value: ({ pacedTail }) => pacedTail('ours') / pacedTail('fastify'),
    why: 'see below',
  },
  {
    text: 'batch of 10,000 rows at most 2 × `JSON.parse` of its body',
    atMost: 2,
    value: ({ cpu, parse }) => cpu('ours-batch') / parse,
    why: 'see below',
  },
  {
    text: 'ready within 300 ms',
    atMost: 300,
    unit: ' ms',
    value: ({ footprint }) => footprint?.readyMs.median,
    why: 'Nest, its modules and the warm-up of the code',
  },
  {
    text: 'resident memory at the start at most 100 MiB',
    atMost: 100,
    unit: ' MiB',
    value: ({ footprint }) => footprint?.residentMiB?.median ?? footprint?.memory.startMiB,
    why: 'Node alone has 45',
  },
  {
    text: 'after a million requests of more than 100,000 clients at most 180 MiB',
    atMost: 180,
    unit: ' MiB',
    value: ({ footprint }) => footprint?.memory.peakMiB,
    why: 'up to 100,000 clients are remembered, at about 0.3 kB each',
  },
];
