import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel, ModelImportError } from '@inferserve/model-import';
import { type Outcome, readReference, tryReference } from './support/tabular-reference';

/* oxlint-disable node/no-process-env -- which models is a matter of the run, not of the code */
/** Another set of models, with a `tabular-reference.json` of the same form. */
const OTHER_SET = process.env['TABULAR_REFERENCE'];
/** Only models whose id matches. */
const FILTER = new RegExp(process.env['TABULAR_FILTER'] ?? '');
/* oxlint-enable node/no-process-env */

const DIRECTORY = OTHER_SET ?? join(__dirname, 'reference', 'tabular');

const cases = readReference(DIRECTORY)
  .filter(({ id }) => FILTER.test(id))
  .flatMap((model) => model.files.map(({ file }) => ({ file, model })));

describe('tabular models answer as the libraries that made them', () => {
  const outcomes = new Map<string, Outcome>();

  it.each(cases)('$file', ({ file, model }) => {
    const outcome = tryReference(DIRECTORY, model, file);
    outcomes.set(file, outcome);
    // Another set may hold models that are not supported yet; what is imported must be right all the same.
    expect(OTHER_SET && outcome.status === 'refused' ? 'exact' : outcome).toEqual(
      OTHER_SET && outcome.status === 'refused' ? 'exact' : { ...outcome, status: 'exact' },
    );
  });

  afterAll(() => {
    if (OTHER_SET) process.stdout.write(summary(outcomes));
  });
});

/** How many files of each kind came out how. */
function summary(outcomes: ReadonlyMap<string, Outcome>): string {
  const kinds = new Map<string, Record<Outcome['status'], number>>();
  const reasons = new Map<string, number>();
  for (const [file, { status, detail }] of outcomes) {
    const kind = file.replace(/^models\//, '').split(/[-.]/)[0]!;
    const counts = kinds.get(kind) ?? { exact: 0, refused: 0, wrong: 0 };
    counts[status]++;
    kinds.set(kind, counts);
    const reason = `${status}: ${detail.replace(/^[^:]*: /, '').slice(0, 100)}`;
    if (status !== 'exact') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const lines = [...kinds].map(
    ([kind, { exact, refused, wrong }]) =>
      `${kind}: ${exact} exact, ${refused} refused, ${wrong} wrong`,
  );
  const why = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 40);
  return `${lines.join('\n')}\n\n${why.map(([reason, count]) => `${count} × ${reason}`).join('\n')}\n`;
}

describe('tabular files that must be refused', () => {
  const files = readdirSync(join(DIRECTORY, 'refuse'));

  it.each(files)('%s', (file) => {
    const bytes = readFileSync(join(DIRECTORY, 'refuse', file));
    const read = () =>
      importModel({
        file: { name: file, bytes },
        scaler: 'none',
        name: 'r',
        version: '1',
        importer: 't',
      });
    expect(read).toThrow(ModelImportError);
    expect(read).toThrow(file);
  });
});
