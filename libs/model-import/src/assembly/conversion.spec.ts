import { PyGlobal } from '../files/values/py-global';
import { NdArray, PyObject, type PyValue } from '../files/values/py-value';
import { Estimator } from '../estimators/contract/estimator';
import { ModelImportError } from '../files/bytes/model-import.error';
import { assemble } from './assemble';
import { columnNames } from './column-names';
import { foundModel } from './found-estimator';
import { openModel } from './open-model';
import { versionWarnings } from './version-warnings';

function object(name: string, attributes: Readonly<Record<string, PyValue>>): PyObject {
  const module = name.endsWith('Scaler') ? 'sklearn.preprocessing._data' : 'sklearn.linear_model';
  const made = new PyObject(new PyGlobal(module, name), []);
  made.state = new Map<PyValue, PyValue>([
    ['_sklearn_version', '1.6.1'],
    ...Object.entries(attributes),
  ]);
  return made;
}

function numbers(shape: readonly number[], ...values: readonly number[]): NdArray {
  const data = new Uint8Array(Float64Array.from(values).buffer);
  return new NdArray({ kind: 'f', bytes: 8, littleEndian: true }, shape, false, data);
}

function labels(...values: PyValue[]): NdArray {
  return new NdArray({ kind: 'O', bytes: 8, littleEndian: true }, [values.length], false, values);
}

const pipeline = (...steps: PyValue[]) =>
  object('Pipeline', { steps: steps.map((step, i) => [`s${i}`, step]) });

const svc = (changes: Readonly<Record<string, PyValue>> = {}) =>
  object('LinearSVC', {
    classes_: labels('a', 'b'),
    coef_: numbers([1, 2], 1, 2),
    intercept_: numbers([1], 3),
    n_features_in_: 2,
    ...changes,
  });

const scaler = (changes: Readonly<Record<string, PyValue>> = {}) =>
  object('StandardScaler', {
    mean_: numbers([2], 1, 2),
    scale_: numbers([2], 3, 4),
    n_features_in_: 2,
    ...changes,
  });

/** The parts of the model that an estimator is, with columns x0, x1, … */
function convert(root: PyObject) {
  const found = foundModel(Estimator.from(root)!);
  return assemble(
    found,
    [],
    columnNames(found.input, undefined, () => undefined),
  );
}

describe('columnNames', () => {
  it('takes the columns of the caller, and only those, where any will do', () => {
    const any = { count: 0, isOpen: true };
    const names = (given?: readonly string[]) => columnNames(any, given, () => undefined);
    expect(names(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
    for (const given of [undefined, [], ['a', 'a']]) {
      expect(() => names(given)).toThrow(/does not say which columns.*--features/);
    }
  });
});

describe('assemble', () => {
  it('opens pipelines, search results and frozen estimators', () => {
    const search = object('GridSearchCV', { best_estimator_: svc() });
    const inner = pipeline(null, object('FrozenEstimator', { estimator: search }));
    const source = convert(pipeline(scaler(), 'passthrough', inner));
    expect(source.steps.map(({ type }) => type)).toEqual(['StandardScaler', 'LinearSVC']);
    expect(source.model).toMatchObject({
      pipeline: [{ center: [1, 2], scale: [3, 4] }],
      predictor: { coefficients: [[1, 2]], intercepts: [3] },
      output: { type: 'scores-only' },
    });
  });

  it('counts the features of files before 0.23, which do not state them', () => {
    expect(convert(svc({ n_features_in_: null })).columns).toHaveLength(2);
  });

  it.each<[string, PyObject, RegExp]>([
    [
      'other models',
      object('OtherClassifier', { n_features_in_: 2 }),
      /OtherClassifier: is a classifier that is not supported/,
    ],
    ['a model that is not fitted', object('LinearSVC', {}), /how many features/],
    [
      'a search that is not fitted',
      object('GridSearchCV', {}),
      /GridSearchCV\.best_estimator_: is not fitted/,
    ],
    [
      'a step that is not supported',
      pipeline(object('Other', { n_features_in_: 2 }), svc()),
      /Other \(step "s0"\)/,
    ],
    [
      'a step of another library',
      pipeline(new PyObject(new PyGlobal('numpy', 'dtype'), []), svc()),
      /step "s0"/,
    ],
    [
      'widths that disagree',
      pipeline(scaler(), svc({ coef_: numbers([1, 3], 1, 2, 3) })),
      /3 weights .* 2 columns/,
    ],
    ['rows that disagree', svc({ classes_: labels('a', 'b', 'c') }), /1 rows for 3 classes/],
    [
      'a NaN',
      svc({ coef_: numbers([1, 2], NaN, 1) }),
      /coef_: holds something that is not a finite/,
    ],
    ['sparse weights', svc({ coef_: object('csr_matrix', {}) }), /densify\(\)/],
    ['a scale of zero', pipeline(scaler({ scale_: numbers([2], 0, 1) }), svc()), /not positive/],
    ['labels of other kinds', svc({ classes_: labels('a', null) }), /not text, an integer/],
    ['broken floats as labels', svc({ classes_: numbers([2], 0.5, 1) }), /not text, an integer/],
    ['one class', svc({ classes_: labels('a') }), /one class only/],
    [
      'names that do not fit',
      svc({ feature_names_in_: labels('a') }),
      /does not name its 2 features/,
    ],
    ['an impossible flag', pipeline(scaler({ with_mean: 'yes' }), svc()), /True or False/],
  ])('refuses %s', (_, root, reason) => {
    expect(() => convert(root)).toThrow(reason);
  });

  it('makes integers of whole float labels and says so', () => {
    const source = convert(svc({ classes_: numbers([2], 0, 1) }));
    expect(source.model).toMatchObject({ classes: [0, 1] });
    expect(source.warnings).toEqual([expect.stringContaining('floats')]);
  });

  it('warns of versions that were never checked', () => {
    const warnings = (sklearnVersion?: string, isOfSklearn = true) =>
      versionWarnings({ isOfSklearn, sklearnVersion }, []);
    expect(warnings('2.3')).toEqual([expect.stringMatching(/outside 0\.21/)]);
    expect(warnings(undefined)).toEqual([expect.stringMatching(/does not say/)]);
    expect(warnings('1.6.1')).toEqual([]);
    // XGBoost and LightGBM do not state it.
    expect(warnings(undefined, false)).toEqual([]);
  });

  it('ends on estimators that hold themselves', () => {
    const search = object('GridSearchCV', {});
    (search.state as Map<PyValue, PyValue>).set('best_estimator_', search);
    expect(() => convert(search)).toThrow(/nested too deep/);
    const loop = pipeline(scaler());
    ((loop.state as Map<PyValue, PyValue>).get('steps') as PyValue[]).push(['self', loop]);
    expect(() => convert(loop)).toThrow(/too many steps|nested too deep/);
  });

  it('ends on pipelines that multiply', () => {
    let bomb = scaler();
    for (let depth = 0; depth < 30; depth++) bomb = pipeline(bomb, bomb, bomb, bomb, bomb, bomb);
    expect(() => convert(bomb)).toThrow(/too many steps|nested too deep/);
  });
});

describe('openModel', () => {
  const dict = (members: Readonly<Record<string, PyValue>>) =>
    new Map<PyValue, PyValue>(Object.entries(members));

  function open(root: PyValue, select?: string) {
    const file = { format: 'pickle', globals: [], foreign: [], root } as const;
    const opened = openModel(file, { select, useBundledScaler: true, useBundledNames: true });
    const { model, before, names } = opened;
    const input = before[0]?.input ?? model.input;
    return {
      ...opened,
      ...assemble(model, before, names ?? columnNames(input, undefined, () => 0)),
    };
  }

  it('puts a scaler that stands beside the model before it, and says so', () => {
    const root = dict({ m: svc(), s: scaler(), names: ['x', 'y'] });
    const { steps, columns } = open(root);
    expect(steps.map(({ type }) => type)).toEqual(['StandardScaler', 'LinearSVC']);
    expect(columns.map(({ name }) => name)).toEqual(['x', 'y']);
    const file = { format: 'pickle', globals: [], foreign: [], root } as const;
    const { warnings } = openModel(file, { useBundledScaler: true, useBundledNames: true });
    expect(warnings).toEqual([
      expect.stringMatching(/StandardScaler at "s" beside LinearSVC at "m"/),
      expect.stringMatching(/names are taken from "names"/),
    ]);
  });

  it('points at names of classes and never applies them', () => {
    const root = dict({ m: pipeline(scaler(), svc()), target_names: ['no', 'yes'] });
    const file = { format: 'pickle', globals: [], foreign: [], root } as const;
    const { names, warnings } = openModel(file, { useBundledScaler: true, useBundledNames: true });
    expect(names).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/"target_names" may name the classes/)]);
  });

  it('refuses a file with a foreign name, whatever else it holds', () => {
    const foreign = [new PyGlobal('os', 'system')];
    const file = { format: 'pickle', globals: foreign, foreign, root: svc() } as const;
    const selection = { useBundledScaler: true, useBundledNames: true };
    expect(() => openModel(file, selection)).toThrow(ModelImportError);
    expect(() => openModel(file, selection)).toThrow(/"os\.system"/);
  });

  it.each<[string, PyValue, string | undefined, RegExp]>([
    [
      'several models',
      dict({ a: svc(), b: 1, c: svc() }),
      undefined,
      /2 models: LinearSVC at "a", LinearSVC at "c".*--select a/,
    ],
    ['a path without a model', dict({ a: svc() }), 'b', /no model at "b".*LinearSVC at "a"/],
    ['several scalers', [scaler(), scaler(), svc()], undefined, /not clear which steps/],
    [
      'a scaler beside a pipeline',
      [scaler(), pipeline(scaler(), svc())],
      undefined,
      /not clear which steps/,
    ],
    ['no model', dict({ a: 1 }), undefined, /no estimator of a supported library/],
    [
      'a scaler of another width',
      [scaler({ n_features_in_: 1, mean_: numbers([1], 1), scale_: numbers([1], 1) }), svc()],
      undefined,
      /gives 1 features, but LinearSVC takes 2/,
    ],
  ])('refuses %s', (_, root, select, reason) => {
    expect(() => open(root, select)).toThrow(reason);
  });

  it('ends on lists that hold themselves', () => {
    const loop: PyValue[] = [svc()];
    loop.push(loop);
    expect(open(loop).columns).toHaveLength(2);
  });
});
