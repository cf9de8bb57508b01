import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Artifact, formatArtifact, sealArtifact } from '@inferserve/model';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const folder = mkdtempSync(join(tmpdir(), 'predict-'));
const MODEL = join(folder, 'model.json');
const CENT = join(folder, 'price.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** Two inputs whose difference decides, with the sigmoid of it as the probability of "yes, please". */
const PROVENANCE = { source: 'imported', importer: 'hand', sourceFormat: 'test' } as const;
const CASES = { tolerance: 1e-12, cases: [{ input: [0, 'a'], label: 'no' }] };
const CLASSIFIER = sealArtifact({
  name: 'm',
  version: '1',
  task: 'classification',
  classes: ['no', 'yes, please'],
  columns: [
    { type: 'number', name: 'x' },
    { type: 'category', name: 'kind', values: ['a', 'b'], nullable: false, unknown: 'reject' },
  ],
  pipeline: [],
  predictor: { type: 'linear', coefficients: [[1, 2]], intercepts: [-1] },
  output: { type: 'sigmoid' },
  verification: CASES,
  provenance: PROVENANCE,
} as unknown as Artifact);
const REGRESSOR = sealArtifact({
  name: 'p',
  version: '1',
  task: 'regression',
  columns: [{ type: 'number', name: 'x' }],
  pipeline: [],
  predictor: { type: 'linear', coefficients: [[3]], intercepts: [0.25] },
  output: { type: 'identity' },
  verification: { tolerance: 1e-12, cases: [{ input: [1], value: 3.25 }] },
  provenance: PROVENANCE,
} as unknown as Artifact);

beforeAll(() => {
  writeFileSync(MODEL, formatArtifact(CLASSIFIER));
  writeFileSync(CENT, formatArtifact(REGRESSOR));
});

let terminal: RecordingTerminal;
async function predict(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(['predict', ...args], terminal);
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** 1 / (1 + exp(-1)) and its complement, to 16 digits: the scores of (0, b) are 1. */
const SIGMOID_1 = 0.7310585786300049;
const SIGMOID_MINUS_1 = 0.2689414213699951;

describe('inferserve predict', () => {
  it('appends the class and the probabilities to the columns of a CSV file', async () => {
    const rows = file('rows.csv', 'id,kind,x,note\r\n7,b,0,"a ""b"", c"\r\n8,a,0,\r\n');
    expect(await predict(MODEL, rows, '--probabilities')).toBe(0);
    const [header, first, second, end] = terminal.out.split('\n');
    expect(header).toBe('id,kind,x,note,predicted_class,probability_no,"probability_yes, please"');
    expect(first).toMatch(/^7,b,0,"a ""b"", c","yes, please",/);
    expect(second).toMatch(/^8,a,0,,no,/);
    expect(end).toBe('');
    const shares = first!.split(',').slice(-2).map(Number);
    expect(shares[0]).toBeCloseTo(SIGMOID_MINUS_1, 14);
    expect(shares[1]).toBeCloseTo(SIGMOID_1, 14);
    expect(terminal.err).toBe('');
  });

  it('answers NDJSON as the server answers a batch', async () => {
    const rows = file('rows.ndjson', '{"x":0,"kind":"b","id":7}\n\n{"kind":"a","x":0}');
    expect(await predict(MODEL, rows)).toBe(0);
    expect(terminal.out).toBe('{"predicted_class":"yes, please"}\n{"predicted_class":"no"}\n');
    expect(await predict(MODEL, rows, '--probabilities')).toBe(0);
    const [{ probabilities }] = terminal.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)) as [{ probabilities: Record<string, number> }];
    expect(Object.keys(probabilities)).toEqual(['no', 'yes, please']);
    expect(probabilities['yes, please']).toBeCloseTo(SIGMOID_1, 14);
  });

  it('writes the number of a regressor', async () => {
    expect(await predict(CENT, file('p.csv', 'x\n2\n0.5\n'))).toBe(0);
    expect(terminal.out).toBe('x,predicted_value\n2,6.25\n0.5,1.75\n');
    expect(await predict(CENT, file('p.jsonl', '{"x":2}\n'))).toBe(0);
    expect(terminal.out).toBe('{"predicted_value":6.25}\n');
  });

  it('writes a file in the format of its name, complete or not at all', async () => {
    const rows = file('in.csv', 'x,kind\n0,b\n');
    expect(await predict(MODEL, rows, '-o', join(folder, 'out.jsonl'))).toBe(0);
    expect(readFileSync(join(folder, 'out.jsonl'), 'utf8')).toBe(
      '{"predicted_class":"yes, please"}\n',
    );
    expect(terminal.out).toBe('');
    expect(await predict(MODEL, rows, '-o', join(folder, 'none/out.csv'))).toBe(1);
    expect(terminal.err).toMatch(/cannot write .*out\.csv/);
    const broken = file('broken.csv', 'x,kind\n0,b\n0,"b\n');
    expect(await predict(MODEL, broken, '-o', join(folder, 'half.csv'))).toBe(1);
    expect(terminal.err).toBe(`inferserve: ${broken}: line 3: a quote is never closed.\n`);
    expect(readdirSync(folder).filter((name) => /half|part/.test(name))).toEqual([]);
  });

  it('lists faulty rows with their lines and columns, keeps their places, and ends with 1', async () => {
    const rows = file('faulty.csv', 'x,kind\n0,b\nsecret,c\n1\n"0\n",a\n0,a\n');
    expect(await predict(MODEL, rows)).toBe(1);
    expect(terminal.out).toBe(
      'x,kind,predicted_class\n0,b,"yes, please"\nsecret,c,\n1,,\n"0\n",a,no\n0,a,no\n',
    );
    expect(terminal.err).toBe(
      'line 3: column "x": Input should be a number; column "kind": Input should be one of "a", "b"\n' +
        'line 4: has 1 fields, but the header has 2\n' +
        `inferserve: 2 rows of ${rows} could not be scored. Correct the lines above and try again.\n`,
    );
    const json = file('faulty.ndjson', '{"x":0}\n[1]\n{\n{"x":1e999,"kind":"a"}\n');
    expect(await predict(MODEL, json)).toBe(1);
    expect(terminal.out.split('\n')).toEqual([
      '{"error":[{"loc":["kind"],"msg":"Field required","type":"missing"}]}',
      '{"error":[{"loc":[],"msg":"is not a JSON object","type":"row"}]}',
      '{"error":[{"loc":[],"msg":"is not valid JSON","type":"row"}]}',
      '{"error":[{"loc":["x"],"msg":"Input should be a finite number","type":"finite_number"}]}',
      '',
    ]);
  });

  it('lists twenty faulty rows and counts the rest', async () => {
    const rows = file('many.csv', `x,kind\n${'?,a\n'.repeat(23)}`);
    expect(await predict(MODEL, rows)).toBe(1);
    expect(terminal.err.match(/^line \d+/gm)).toHaveLength(20);
    expect(terminal.err).toContain('… and 3 more rows\n');
  });

  it('scores more rows than a block has, in order', async () => {
    const lines = Array.from({ length: 1001 }, (_, i) => `${i}`);
    expect(await predict(CENT, file('long.csv', `x\n${lines.join('\n')}\n`))).toBe(0);
    const expected = lines.map((x) => `${x},${3 * Number(x) + 0.25}`);
    expect(terminal.out).toBe(`x,predicted_value\n${expected.join('\n')}\n`);
  });

  it.each([
    ['semicolons.csv', 'x;kind\n0;b\n', /there is no column "x" .*separated by semicolons/],
    ['empty.csv', '', /has no header line/],
    ['other.csv', 'x,sort\n0,b\n', /there is no column "kind"/],
    ['taken.csv', 'x,kind,predicted_class\n', /has a column "predicted_class" already/],
  ])('rejects %s', async (name, text, reason) => {
    expect(await predict(MODEL, file(name, text))).toBe(1);
    expect(terminal.err).toMatch(reason);
    expect(terminal.err).toContain(name);
    expect(terminal.out).toBe('');
  });

  it('ends with 2 where the format of the rows is not stated, with 1 where there are none', async () => {
    expect(await predict(MODEL, 'rows.txt')).toBe(2);
    expect(terminal.err).toContain('does not state a format. Pass --format');
    const missing = join(folder, 'missing.csv');
    expect(await predict(MODEL, missing)).toBe(1);
    expect(terminal.err).toContain(`cannot read ${missing}`);
    expect(await predict(join(folder, 'no.json'), missing)).toBe(1);
    expect(terminal.err).toContain('no.json: cannot be read');
  });
});
