import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from './load-environment';
import { parseEnvironment } from './parse-environment';

describe(loadEnvironment.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-'));
  const file = join(folder, '.env');
  afterEach(() => rmSync(file, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('without a file, and with a name that resolves, it is what the variables say', async () => {
    const variables = { HOST: 'localhost', PORT: '1' };
    expect(await loadEnvironment(variables, file)).toEqual(parseEnvironment(variables));
  });

  test('a name that does not resolve is reported together with the other bad variables', async () => {
    const loading = loadEnvironment({ HOST: 'nowhere.invalid', PORT: 'x' }, file);
    await expect(loading).rejects.toThrow(
      /HOST="nowhere\.invalid" must be .*does not resolve.*set HOST=0\.0\.0\.0\n {2}PORT="x"/,
    );
  });

  test('a file that would be read wrongly stops the start and is named', async () => {
    writeFileSync(file, 'RATE_LIMIT=7\n', 'utf16le');
    await expect(loadEnvironment({}, file)).rejects.toThrow(`${file}: is UTF-16 text`);
    writeFileSync(file, 'REDIS_PASSWORD=ab#cd\n');
    await expect(loadEnvironment({}, file)).rejects.toThrow(`${file}: line 1: the value of REDIS`);
  });
});
