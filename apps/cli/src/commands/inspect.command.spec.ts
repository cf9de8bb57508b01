import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatArtifact } from '@inferserve/model';
import { numberColumn, signArtifact } from '../../../../test/support/served-models';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const REFERENCE = join(__dirname, '../../../../test/reference');
const IRIS = join(__dirname, '../../../../artifacts/iris/1/model.json');

let terminal: RecordingTerminal;
async function inspect(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(['inspect', ...args], terminal);
}

describe('inferserve inspect', () => {
  it.each([
    ['models/iris-dict-bundle.sk121.joblib', /LogisticRegression\s+model\s+at "model"/],
    [
      'onnx/iris-zipmap.f32.sk191.onnx',
      /operators\s+Scaler, LinearClassifier, Cast, Normalizer, ZipMap/,
    ],
    ['skops/iris.skops', /format\s+skops/],
    ['refuse/os-system.pkl', /not allowed\s+posix\.system\nimport\s+not possible/],
    ['models/iris-dataframe.sk191.joblib', /classes used\s+\d+: sklearn\.pipeline\.Pipeline, /],
  ])('describes %s', async (file, expected) => {
    expect(await inspect(join(REFERENCE, file))).toBe(0);
    expect(terminal.out).toMatch(expected);
  });

  it('shows names from the file as text, whatever they would do to a terminal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
    const path = join(folder, 'model.json');
    const name = 'a\u001b[2J\nimport        possible\r\u202e';
    writeFileSync(path, formatArtifact(signArtifact([numberColumn(name), numberColumn('b')])));
    expect(await inspect(path)).toBe(0);
    expect(terminal.out).toContain('2: a\\u001b[2J\\nimport        possible\\u000d\\u202e, b\n');
    rmSync(folder, { recursive: true });
  });

  it('describes an artifact, and prints JSON', async () => {
    expect(await inspect(IRIS, '--json')).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({
      format: 'json',
      refusal: expect.stringContaining('is an artifact already'),
    });
  });

  it('fails for what cannot be read at all', async () => {
    expect(await inspect(join(REFERENCE, 'refuse/truncated.joblib'))).toBe(1);
    expect(terminal.err).toMatch(/^inferserve: .*truncated\.joblib: ends where/);
  });

  it.each([[[]], [['a', 'b']], [['a', '--jso']]])('ends with 2 for %j', async (args) => {
    expect(await inspect(...args)).toBe(2);
    expect(terminal.err).toMatch(/^inferserve: .+\n$/);
  });
});
