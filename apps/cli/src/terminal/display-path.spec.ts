import { join, resolve } from 'node:path';
import { displayPath } from './display-path';

describe('displayPath', () => {
  it.each([
    [resolve('artifacts/iris'), join('artifacts', 'iris')],
    [resolve('..', 'elsewhere'), resolve('..', 'elsewhere')],
    [process.cwd(), process.cwd()],
  ])('of %s is %s', (path, shown) => expect(displayPath(path)).toBe(shown));
});
