import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leadsToArtifact } from './leads-to-artifact';

const ARTIFACT = '{\n  "format": "inferserve-model",\n  "name": "a"\n}';
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leads-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

test.each([
  ['an artifact', 'model.json', ARTIFACT, true],
  ['one of the older format', 'm.json', '{"format":"linear-classifier"}', true],
  ['the JSON of XGBoost', 'model.json', '{"learner":{},"version":[1,7,4]}', false],
  ['a pickle', 'model.pkl', '\u0080\u0004', false],
  ['an empty file', 'model.pkl', '', false],
])('%s, by itself and in its folder', async (_, name, text, expected) => {
  expect(await leadsToArtifact(write(name, text))).toBe(expected);
  if (name !== 'm.json') expect(await leadsToArtifact(folder)).toBe(expected);
});

test('a folder of versions, an empty one, and a path without anything, are for artifacts', async () => {
  expect(await leadsToArtifact(folder)).toBe(true);
  expect(await leadsToArtifact(join(folder, 'none'))).toBe(true);
  write('1/model.json', ARTIFACT);
  write('README.md', 'text');
  expect(await leadsToArtifact(folder)).toBe(true);
});

test('a file that a mounted ConfigMap links to is seen', async () => {
  write('..data/model.joblib', 'x');
  symlinkSync(join(folder, '..data/model.joblib'), join(folder, 'model.joblib'));
  expect(await leadsToArtifact(folder)).toBe(false);
});
