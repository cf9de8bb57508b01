import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatArtifact, parseArtifact } from '@inferserve/model';
import { mixedArtifact } from '../../../../test/support/mixed-model';
import type { ServerStart } from '../../../api/src/start-server';
import { createServeCommand } from '../commands/serve.command';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const PIPELINE = resolve('test/reference/models/iris-dataframe.sk191.joblib');
const HEADER = 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species\n';
const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

let terminal: RecordingTerminal;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function runImport(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  const where = ['--name', 'iris', '--version', '1', '--force', '--artifacts-dir', folder];
  return inferserve(['import', PIPELINE, ...where, ...args], terminal);
}

const imported = () => parseArtifact(readFileSync(join(folder, 'iris', '1', 'model.json'), 'utf8'));

describe('--baseline', () => {
  it('makes the rows of a CSV file part of the artifact, read by the names of the columns', async () => {
    const rows = '5,3,1,0.2,a\n6,3,5,2,b\n7,3,6,2.5,c\n5,3,1,0.2,a\n';
    expect(await runImport('--baseline', file('rows.csv', HEADER + rows))).toBe(0);
    expect(terminal.out).toMatch(/baseline\s+4 rows\n/);
    expect(imported().baseline).toEqual({
      rows: 4,
      columns: {
        'sepal length (cm)': {
          type: 'quantiles',
          missing: 0,
          mean: 5.75,
          quantiles: [5, 5, 5, 5, 5, 5, 6, 6, 7, 7, 7],
          shares: [0.5, 0, 0, 0, 0, 0.25, 0, 0.25, 0, 0],
        },
        'sepal width (cm)': expect.objectContaining({ mean: 3 }),
        'petal length (cm)': expect.objectContaining({ mean: 3.25 }),
        'petal width (cm)': expect.objectContaining({ mean: 1.225 }),
      },
      predictions: { type: 'shares', missing: 0, other: 0, shares: [0.5, 0, 0.5] },
    });
  });

  it('reads NDJSON too, and prints the number of rows as JSON', async () => {
    const row = JSON.stringify({
      'sepal length (cm)': 5,
      'sepal width (cm)': 3,
      'petal length (cm)': 1,
      'petal width (cm)': 0.2,
    });
    const path = file('rows.ndjson', `${row}\n${row}\n`);
    expect(await runImport('--baseline', path, '--json')).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({ baselineRows: 2 });
  });

  it.each([
    [
      'faulty.csv',
      `${HEADER}5,3,1,0.2,a\n5,3,x,0.2,a\n5,3\n`,
      /line 3: column "petal .*\nline 4:/s,
    ],
    ['empty.csv', HEADER, /empty\.csv holds no rows/],
    ['header.csv', 'a,b\n1,2\n', /header\.csv: line 1: there is no column/],
    ['rows.ndjson', '{}\n', /line 1: column "sepal length \(cm\)": Field required; column/],
  ])('refuses %s, and writes nothing', async (name, text, message) => {
    rmSync(join(folder, 'iris'), { recursive: true, force: true });
    expect(await runImport('--baseline', file(name, text))).toBe(1);
    expect(terminal.err).toMatch(message);
    expect(imported).toThrow('ENOENT');
  });

  it.each([
    [['--baseline', 'rows.txt'], 2, /needs a \.csv, \.ndjson or \.jsonl file/],
    [['--baseline', 'missing.csv'], 1, /cannot read missing\.csv/],
  ])('refuses %j', async (args, code, message) => {
    expect(await runImport(...args)).toBe(code);
    expect(terminal.err).toMatch(message);
  });

  describe('of inferserve serve', () => {
    let started: ServerStart | undefined;

    async function serve(...args: readonly string[]): Promise<number> {
      terminal = new RecordingTerminal();
      const start = async (given: ServerStart): Promise<string> => {
        started = given;
        return 'http://127.0.0.1:8000';
      };
      return inferserve(['serve', ...args], terminal, [createServeCommand(terminal, start, false)]);
    }

    it('is for one model, an artifact too', async () => {
      const artifact = file('model.json', formatArtifact(mixedArtifact()));
      const rows = file('mixed.csv', 'age,city,member,grade\n,Rome,true,1\n30,Bonn,false,2\n');
      expect(await serve(artifact, '--baseline', rows)).toBe(0);
      const { store } = started!;
      const served = parseArtifact(await store!.read(await store!.resolve('mixed')));
      expect(served.baseline).toMatchObject({
        rows: 2,
        columns: { age: { missing: 0.5 }, city: { other: 0.5 } },
      });
      expect(terminal.err).toMatch(/baseline\s+2 rows\n/);
      expect(await serve(artifact, PIPELINE, '--baseline', rows)).toBe(2);
      expect(terminal.err).toContain('--baseline is for one file.');
    });
  });
});
