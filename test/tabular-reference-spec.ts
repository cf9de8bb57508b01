import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, kindOf, readReference, tableOf } from './support/tabular-entries';

// oxlint-disable-next-line node/no-process-env -- the whole set is too large to be committed
const FOLDER = process.env['TABULAR_REFERENCE'] ?? join(__dirname, 'reference/tabular');
// oxlint-disable-next-line node/no-process-env -- a part of the set, by a pattern for identifiers
const ONLY = new RegExp(process.env['TABULAR_ONLY'] ?? '');

const entries = existsSync(join(FOLDER, 'tabular-reference.json')) ? readReference(FOLDER) : [];

describe('models with the answers of the libraries that made them', () => {
  const outcomes = entries
    .filter((entry) => ONLY.test(`${entry.id} ${kindOf(entry)}`))
    .flatMap((entry) => entry.files.map(({ file }) => checkFile(FOLDER, entry, file)));

  afterAll(() => {
    const refused = outcomes.filter(({ status }) => status !== 'exact');
    const lines = refused.map(({ file, status, detail }) => `${status} ${file}: ${detail}`);
    process.stdout.write(`${lines.join('\n')}\n${tableOf(outcomes)}\n`);
  });

  test('no file gives another answer', () => {
    const wrong = outcomes.filter(({ status }) => status === 'wrong');
    expect(wrong.map(({ file, detail }) => `${file}: ${detail}`)).toEqual([]);
  });
});
