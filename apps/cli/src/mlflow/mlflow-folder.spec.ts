import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const REFERENCE = resolve('test/reference');
const BARE = join(REFERENCE, 'models/iris-multinomial.sk191.p5.pkl');
const COLUMNS = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];
const folder = mkdtempSync(join(tmpdir(), 'mlflow-'));
afterAll(() => rmSync(folder, { recursive: true }));

const signature = (inputs: unknown): string => `signature:
  inputs: '${JSON.stringify(inputs)}'
  outputs: '[{"type": "string", "required": true}]'
  params: null
`;

/** A folder as MLflow's log_model writes it, around a file of the reference set. */
function saved(name: string, description: string, file: string, source: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'MLmodel'), description);
  for (const other of ['conda.yaml', 'python_env.yaml', 'requirements.txt']) {
    writeFileSync(join(path, other), 'mlflow==2.16.0\n');
  }
  copyFileSync(source, join(path, file));
  return path;
}

const sklearn = (file = 'model.pkl'): string => `artifact_path: model
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    model_path: ${file}
    predict_fn: predict
    python_version: 3.11.9
  sklearn:
    code: null
    pickled_model: ${file}
    serialization_format: cloudpickle
    sklearn_version: 1.9.0
mlflow_version: 2.16.0
model_uuid: 6a6bd2e4c4ab4a4f9d6c0d5f5d6f2c1e
utc_time_created: '2026-11-03 09:12:44.101220'
`;

interface Imported {
  readonly columns: readonly { readonly name: string }[];
  readonly predictor: { readonly type: string };
  readonly provenance: {
    readonly sourceFormat: string;
    readonly sourceFiles: readonly { readonly name: string }[];
  };
}

let terminal: RecordingTerminal;
async function run(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(args, terminal);
}

async function imported(path: string, ...options: readonly string[]): Promise<Imported> {
  const store = mkdtempSync(join(folder, 'artifacts-'));
  const code = await run('import', path, '--name', 'm', '--artifacts-dir', store, ...options);
  expect([code, terminal.err]).toEqual([0, '']);
  return JSON.parse(readFileSync(join(store, 'm/1/model.json'), 'utf8')) as Imported;
}

describe('a folder that MLflow wrote', () => {
  it('is imported with the columns of its signature', async () => {
    const inputs = COLUMNS.map((name) => ({ type: 'double', name, required: true }));
    const path = saved('named', sklearn() + signature(inputs), 'model.pkl', BARE);
    const artifact = await imported(path);
    expect(artifact.columns.map(({ name }) => name)).toEqual(COLUMNS);
    expect(artifact.provenance.sourceFiles[0]!.name).toBe('model.pkl');
  });

  it('leaves the choice of names to --features', async () => {
    const path = saved('chosen', sklearn(), 'model.pkl', BARE);
    const artifact = await imported(path, '--features', 'a,b,c,d');
    expect(artifact.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('may have a signature of one tensor, which names nothing', async () => {
    const tensor = [{ type: 'tensor', 'tensor-spec': { dtype: 'float64', shape: [-1, 4] } }];
    const path = saved('tensor', sklearn() + signature(tensor), 'model.pkl', BARE);
    expect((await imported(path)).columns).toHaveLength(4);
  });

  it('may hold skops, and XGBoost', async () => {
    const skops = join(REFERENCE, 'skops/iris.skops');
    const first = saved('skops', sklearn('model.skops'), 'model.skops', skops);
    expect((await imported(first)).provenance.sourceFormat).toMatch(/skops/);
    const booster = join(REFERENCE, 'tabular/models/xgb-binary.xgb300.ubj');
    const description = `flavors:
  python_function:
    data: model.ubj
    loader_module: mlflow.xgboost
  xgboost:
    code: null
    data: model.ubj
    model_class: xgboost.core.Booster
    model_format: ubj
    xgb_version: 3.0.0
`;
    const second = saved('xgboost', description, 'model.ubj', booster);
    expect((await imported(second)).predictor.type).toBe('trees');
  });

  it('is inspected through its file', async () => {
    const path = saved('inspected', sklearn(), 'model.pkl', BARE);
    expect(await run('inspect', path)).toBe(0);
    expect(terminal.out).toContain('LogisticRegression');
  });

  it.each([
    ['flavors: {pytorch: {model_data: data}}', /its flavours: pytorch/],
    ['flavors: {sklearn: {pickled_model: ../secret.pkl}}', /outside of its folder/],
    ['flavors: {sklearn: {pickled_model: /etc/passwd}}', /outside of its folder/],
    ['flavors: {sklearn: {pickled_model: .}}', /outside of its folder/],
    ['flavors: [', /is not YAML as MLflow writes it/],
    ['', /its flavours: none/],
  ])('is refused for %j', async (description, expected) => {
    const path = saved('refused', description, 'model.pkl', BARE);
    expect(await run('inspect', path)).toBe(1);
    expect(terminal.err).toMatch(expected);
  });
});
