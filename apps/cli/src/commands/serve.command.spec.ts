import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ServerStart } from '../../../api/src/start-server';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';
import { createImportCommand } from './import.command';
import { createServeCommand } from './serve.command';

const MODELS = resolve('test/reference/models');
const PIPELINE = join(MODELS, 'iris-dataframe.sk191.joblib');
const SCALER = join(MODELS, 'iris-scaler-only.sk121.joblib.pkl');
const BARE = join(MODELS, 'iris-model-only.sk121.p4.pkl');
const FOREIGN = resolve('test/reference/refuse/os-system.pkl');
const folder = mkdtempSync(join(tmpdir(), 'serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

let terminal: RecordingTerminal;
let started: ServerStart | undefined;
let isWorker: boolean;
let fault: Error | undefined;
beforeEach(() => {
  [started, isWorker, fault] = [undefined, false, undefined];
});

async function serve(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  const start = async (given: ServerStart): Promise<string> => {
    started = given;
    if (fault) throw fault;
    return 'http://127.0.0.1:8000';
  };
  return inferserve(['serve', ...args], terminal, [createServeCommand(terminal, start, isWorker)]);
}

describe('inferserve serve', () => {
  it('starts the server with the converted model in memory and says how to ask it', async () => {
    expect(await serve(PIPELINE)).toBe(0);
    const { store, variables } = started!;
    expect(await store!.list()).toEqual(['iris-dataframe.sk191']);
    expect(variables).toMatchObject({ MODEL_NAME: 'iris-dataframe.sk191' });
    expect(
      JSON.parse(await store!.read(await store!.resolve('iris-dataframe.sk191'))),
    ).toMatchObject({
      format: 'inferserve-model',
      classes: ['setosa', 'versicolor', 'virginica'],
    });
    expect(terminal.out).toBe('');
    expect(terminal.err).toContain('model     iris-dataframe.sk191 1, classification\n');
    expect(terminal.err).toContain('scikit-learn 1.9');
    expect(terminal.err).toContain('http://127.0.0.1:8000/docs\n');
    const [, json] = /curl -X POST http:\/\/127\.0\.0\.1:8000\/predict .*\n {2}-d '(.+)'\n/.exec(
      terminal.err,
    )!;
    expect(Object.keys(JSON.parse(json!))).toEqual([
      'sepal length (cm)',
      'sepal width (cm)',
      'petal length (cm)',
      'petal width (cm)',
    ]);
  });

  it.each([
    [['--port', '9000', '--host', '127.0.0.1'], { PORT: '9000', HOST: '127.0.0.1' }],
    [['--limit', '100/minute'], { RATE_LIMIT: '100', RATE_LIMIT_WINDOW_SECONDS: '60' }],
    [['--limit', '5/10s'], { RATE_LIMIT: '5', RATE_LIMIT_WINDOW_SECONDS: '10' }],
    [['--limit', '3/hours'], { RATE_LIMIT: '3', RATE_LIMIT_WINDOW_SECONDS: '3600' }],
    [['--limit', 'off'], { RATE_LIMIT: '0' }],
    [['--name', 'flowers'], { MODEL_NAME: 'flowers' }],
  ])('%j become settings', async (options, variables) => {
    expect(await serve(PIPELINE, ...options)).toBe(0);
    expect(started!.variables).toMatchObject(variables);
  });

  it('leaves the settings alone that no option states', async () => {
    await serve(PIPELINE);
    expect(Object.keys(started!.variables!)).toEqual([
      'MODEL_NAME',
      'MODEL_VERSION',
      'MODELS',
      'MODEL_PATH',
    ]);
  });

  it('takes the options of import', async () => {
    const options = ['--before', SCALER, '--features', 'a,b,c,d', '--classes', 'x,y,z'];
    expect(await serve(BARE, '--name', 'm', ...options)).toBe(0);
    const text = await started!.store!.read(await started!.store!.resolve('m'));
    expect(JSON.parse(text)).toMatchObject({
      classes: ['x', 'y', 'z'],
      columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }],
    });
  });

  it.each([[FOREIGN], [SCALER], [resolve('package.json')]])(
    'ends for %s with the message of import',
    async (file) => {
      expect(await serve(file)).toBe(1);
      const said = terminal.err;
      expect(started).toBeUndefined();
      terminal = new RecordingTerminal();
      const args = ['import', file, '--name', 'x', '--artifacts-dir', folder];
      expect(await inferserve(args, terminal, [createImportCommand(terminal)])).toBe(1);
      expect(said).toBe(terminal.err);
    },
  );

  it('serves artifacts: a file, a folder, a name', async () => {
    for (const argument of [
      'artifacts/iris/1/model.json',
      'artifacts/iris',
      'artifacts',
      'iris@1',
    ]) {
      expect(await serve(argument)).toBe(0);
      expect(await started!.store!.list()).toEqual(['iris']);
    }
    expect(terminal.err).toContain('source    artifacts/iris/1/model.json\n');
  });

  it('serves every model of a folder and says why it skips a file', async () => {
    const several = join(folder, 'several');
    mkdirSync(several);
    copyFileSync(PIPELINE, join(several, 'b model.joblib'));
    copyFileSync(PIPELINE, join(several, 'a.joblib'));
    copyFileSync(SCALER, join(several, 'scaler.pkl'));
    symlinkSync('nowhere', join(several, 'gone.pkl'));
    writeFileSync(join(several, 'README.md'), 'not looked at');
    expect(await serve(several)).toBe(0);
    expect(await started!.store!.list()).toEqual(['a', 'b-model']);
    expect(started!.variables).toMatchObject({ MODEL_NAME: 'a', MODELS: 'a,b-model' });
    expect(terminal.err).toMatch(/^skipped {2}scaler\.pkl .*holds no model/m);
    expect(terminal.err).toContain('http://127.0.0.1:8000/models/b-model/predict\n');
  });

  it('ends with 1 for a folder without a model, two of one name, or a server that does not start', async () => {
    const none = join(folder, 'none');
    mkdirSync(none);
    expect(await serve(none)).toBe(1);
    expect(terminal.err).toContain('none holds no model. Name a folder');
    copyFileSync(SCALER, join(none, 'scaler.pkl'));
    expect(await serve(none)).toBe(1);
    expect(terminal.err).toMatch(/holds no model that can be served:\n {2}scaler\.pkl/);
    expect(await serve(PIPELINE, PIPELINE)).toBe(1);
    expect(terminal.err).toContain('are both called "iris-dataframe.sk191"');
    fault = new Error('RATE_LIMIT="x" must be a whole number');
    expect(await serve(PIPELINE)).toBe(1);
    expect(terminal.err).toContain(
      'inferserve: cannot start the server. RATE_LIMIT="x" must be a whole number\n',
    );
  });

  it('leaves everything to the settings without a file', async () => {
    expect(await serve()).toBe(0);
    expect(started).toEqual({ store: undefined, variables: {} });
    expect(await serve('--artifacts-dir', folder)).toBe(0);
    expect(started!.variables).toEqual({ ARTIFACTS_DIR: folder });
  });

  it('says nothing in a worker', async () => {
    isWorker = true;
    expect(await serve(PIPELINE)).toBe(0);
    expect(terminal.err).toBe('');
    expect(await started!.store!.list()).toHaveLength(1);
  });

  it.each([
    [['--port', '65536', 'm'], 'a whole number from 1 to 65535'],
    [['--limit', '0/minute', 'm'], 'such as 100/minute'],
    [['--limit', 'fast', 'm'], 'such as 100/minute'],
    [['--name', 'Up/..', 'm'], 'not a model name'],
    [['--no-scaler'], '--no-scaler needs a file'],
    [['--select', 'a', 'm', 'n'], '--select is for one file'],
    [['artifacts', '--classes', 'a,b'], 'is an artifact already. Leave --classes out'],
  ])('%j ends with 2', async (args, reason) => {
    expect(await serve(...args)).toBe(2);
    expect(terminal.err).toContain(reason);
    expect(started).toBeUndefined();
  });
});
