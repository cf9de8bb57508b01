import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE } from './stack';

test('docker-compose.yml hands every setting of .env.example on to the API', () => {
  const compose = readFileSync(join(__dirname, '../../docker-compose.yml'), 'utf8');
  const api = compose.slice(compose.indexOf('\n  api:'), compose.indexOf('\n  redis:'));
  const names = [...EXAMPLE.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
  const missing = names.filter((name) => !api.includes(`\n      ${name}:`));
  // Redis is the stack's own: its default user, on a network that nobody else is on.
  expect(missing).toEqual(['REDIS_USERNAME', 'REDIS_TLS']);
});
