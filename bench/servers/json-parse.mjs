import { LOADS } from '../harness/requests.mjs';

/** What reading a batch costs at the least: `JSON.parse` of its text, and nothing else. */
const [text] = LOADS.batch.bodies;

process.on('message', ({ durationMs }) => {
  const end = performance.now() + durationMs;
  let count = 0;
  while (performance.now() < end) {
    JSON.parse(text);
    count++;
  }
  process.send({ count });
});
process.on('disconnect', () => process.exit(0));
