import { readFileSync } from 'node:fs';
import { SERVER_VERSION } from './server-version';

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(SERVER_VERSION).toBe(version);
});
