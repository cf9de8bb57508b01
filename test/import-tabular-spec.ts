import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel, ModelImportError } from '@inferserve/model-import';
import {
  isIncomplete,
  modelClass,
  type Outcome,
  readReference,
  type ReferenceModel,
  tryReference,
} from './support/tabular-reference';

/* oxlint-disable node/no-process-env -- which models is a matter of the run, not of the code */
/** Another set of models, with a `tabular-reference.json` of the same form. */
const OTHER_SET = process.env['TABULAR_REFERENCE'];
/** Only models whose id matches. */
const FILTER = new RegExp(process.env['TABULAR_FILTER'] ?? '');
/* oxlint-enable node/no-process-env */

const DIRECTORY = OTHER_SET ?? join(__dirname, 'reference', 'tabular');

const NEITHER = 'Only linear models and sums of trees';

/**
 * The only models without explanations, by id, each group with its reason. Linear models and sums of trees of every library
 * must have them, and so must every model that is added and not named here.
 */
const UNEXPLAINED: readonly (readonly [id: RegExp, reason: string])[] = [
  [
    /^(?:bagging-linear|nb-gaussian|knn-(?!imputer)|svc-(?!linear)|lgb-linear-tree|ada-regressor|one-class-(?!linear))/,
    NEITHER,
  ],
  [/^(?:reg-(?:dummy|knn|mlp|svr-(?:poly|rbf)|stacking|voting)|isotonic)/, NEITHER],
  [/^other-(?:calibrated|dummy|mlp|centroid|ovo|ovr-tree|qda|stacking|voting)/, NEITHER],
  // ONNX has no place for the counts of training rows.
  [/^onnx-(?:tree|gb|hist|lgb|forest|xgb)/, 'lacks the counts of training rows'],
  [/^(?:isolation-forest|lgb-ova|lgb-sqrt|svc-linear|reg-ttr)/, 'do not stand for its classes'],
  [
    /^(?:steps-(?:normalizer|pca|polynomial|svd)|reg-polynomial|text-column|fast-ica|random-)/,
    'mixes columns',
  ],
];

const cases = readReference(DIRECTORY)
  .filter(({ id }) => FILTER.test(id))
  .flatMap((model) => model.files.map(({ file }) => ({ file, model })))
  .filter(({ file, model }) => !isIncomplete(model, file));

const outcomes = new Map<string, Outcome & { kind: string }>();

describe('tabular models answer as the libraries that made them', () => {
  it.each(cases)('$file', ({ file, model }) => {
    const outcome = tryReference(DIRECTORY, model, file);
    outcomes.set(file, { ...outcome, kind: modelClass(model) });
    // Another set may hold models that are not supported yet; what is imported must be right all the same.
    expect(OTHER_SET && outcome.status === 'refused' ? 'exact' : outcome).toEqual(
      OTHER_SET && outcome.status === 'refused' ? 'exact' : { ...outcome, status: 'exact' },
    );
  });

  afterAll(() => {
    if (OTHER_SET) process.stdout.write(summary(outcomes));
  });
});

/** How many files of each kind of model came out how, and why those that were refused were. */
function summary(outcomes: ReadonlyMap<string, Outcome & { kind: string }>): string {
  const all = [...outcomes.values()];
  const kinds = [...new Set(all.map(({ kind }) => kind))].sort();
  const lines = kinds.map((kind) => {
    const own = all.filter((outcome) => outcome.kind === kind);
    const count = (status: Outcome['status']) =>
      String(own.filter((outcome) => outcome.status === status).length).padStart(8);
    const largest = Math.max(...own.map(({ largestDifference }) => largestDifference));
    const counts = count('exact') + count('refused') + count('wrong');
    return `${kind.padEnd(32)}${counts}   ${largest.toExponential(1)}`;
  });
  const reasons = new Map<string, number>();
  for (const { status, detail } of all) {
    const reason = `${status}: ${detail.replace(/^[^:]*: /, '').slice(0, 120)}`;
    if (status !== 'exact') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const why = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, n]) => `${n} × ${reason}`);
  const head = `${'model'.padEnd(32)}   exact refused   wrong   largest difference`;
  return `${[head, ...lines].join('\n')}\n\n${why.join('\n')}\n`;
}

describe('tabular models are explained', () => {
  const reasonOf = ({ id }: ReferenceModel): string | undefined =>
    UNEXPLAINED.find(([pattern]) => pattern.test(id))?.[1];

  // Of another set nobody knows which ones must be.
  (OTHER_SET ? it.skip : it).each(cases)('$file', ({ file, model }) => {
    const { unexplained } = outcomes.get(file) ?? tryReference(DIRECTORY, model, file);
    const reason = reasonOf(model);
    expect(unexplained).toEqual(reason === undefined ? undefined : expect.stringContaining(reason));
  });
});

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
