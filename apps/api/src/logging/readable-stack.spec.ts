import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readableStack } from './readable-stack';

const folder = mkdtempSync(join(tmpdir(), 'stack-'));
const bundle = join(folder, 'server.js');
afterAll(() => rmSync(folder, { recursive: true }));

test('places in a file with a source map are those of its source', () => {
  // Base64 VLQ: AAAA is line 1 column 1 of the first source; IAEE is four columns on, two lines and two columns down.
  const map = { version: 3, sources: ['../src/predict.ts'], names: [], mappings: 'AAAA,IAEE' };
  writeFileSync(`${bundle}.map`, JSON.stringify(map));
  expect(readableStack(`Error: no\n    at predict (${bundle}:1:5)\n    at ${bundle}:1:1`)).toBe(
    `Error: no\n    at predict (${join(folder, '../src/predict.ts')}:3:3)\n    at ${join(folder, '../src/predict.ts')}:1:1`,
  );
});

test.each([
  ['without a map', 'Error: no\n    at predict (/nowhere/server.js:1:5)'],
  ['of Node itself', 'Error: no\n    at node:internal/modules/cjs/loader:1:5'],
])('a stack %s stays as it is', (_, stack) => {
  expect(readableStack(stack)).toBe(stack);
});

test('a damaged map changes nothing', () => {
  const damaged = join(folder, 'damaged.js');
  writeFileSync(`${damaged}.map`, '{');
  expect(readableStack(`at ${damaged}:1:1`)).toBe(`at ${damaged}:1:1`);
});
