import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInputFile } from './input-file';

const folder = mkdtempSync(join(tmpdir(), 'input-'));
const path = join(folder, 'model.pkl');
afterAll(() => rmSync(folder, { recursive: true }));

test('a file may have as many bytes as the importer takes, 512 MiB', () => {
  writeFileSync(path, '');
  // Sparse: takes no room on the disk.
  truncateSync(path, 2 ** 29 + 1);
  expect(() => readInputFile(path)).toThrow(/the limit is 512 MiB/);
  truncateSync(path, 65 * 2 ** 20);
  expect(readInputFile(path).bytes).toHaveLength(65 * 2 ** 20);
});
