import { readFileSync } from 'node:fs';
import { scripts } from '../package.json';

/** What V8 is told about its heap; docs/performance.md says why. */
const FLAGS = /node (--.+) dist\//.exec(scripts.start)?.[1] ?? 'none';

describe('the flags of npm start', () => {
  test.each([
    ['the container image', 'docker/Dockerfile', ` ${FLAGS} dist/`],
    ['the systemd unit', 'deploy/systemd/inferserve.service', ` ${FLAGS} dist/`],
    ['inferserve serve', 'apps/cli/bin/inferserve.js', `'${FLAGS}'`],
  ])('are those of %s', (_, file, expected) => {
    const words = readFileSync(file, 'utf8').replaceAll(/", "/g, ' ');
    expect(words).toContain(expected);
  });
});
