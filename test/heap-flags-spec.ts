import { readFileSync } from 'node:fs';
import { scripts } from '../package.json';

/** What V8 is told about its heap; docs/performance.md says why. */
const FLAGS = /node (--.+) dist\//.exec(scripts.start)?.[1] ?? 'none';

describe('the flags of npm start', () => {
  test.each([
    ['the container image', 'docker/Dockerfile'],
    ['the systemd unit', 'deploy/systemd/inferserve.service'],
  ])('are those of %s', (_, file) => {
    const words = readFileSync(file, 'utf8').replaceAll(/", "/g, ' ');
    expect(words).toContain(` ${FLAGS} dist/`);
  });
});
