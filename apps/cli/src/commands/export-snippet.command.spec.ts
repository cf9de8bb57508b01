import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArtifact } from '@inferserve/model';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

let directory: string;
let terminal: RecordingTerminal;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'export-snippet-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function run(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(args, terminal);
}
const document = () => join(directory, 'model.json');
const runImport = (...args: readonly string[]) =>
  run('import', document(), '--name', 'iris', '--artifacts-dir', directory, ...args);

describe('inferserve export-snippet', () => {
  it('prints Python of about ten lines whose document can be imported', async () => {
    expect(await run('export-snippet')).toBe(0);
    const printed = terminal.out;
    expect(printed.split('\n').length).toBeLessThanOrEqual(14);
    writeFileSync(
      document(),
      // As Python prints numbers: 1.0 and 1e-05.
      `{"format": "linear-classifier-export", "sklearnVersion": "1.9.1", "features": ["a", "b"],
        "preprocessing": [{"type": "standardize", "center": [1.0, 2.0], "scale": [1.0, 1e-05]}],
        "classes": [0, 1], "coefficients": [[1.0, 0.0]], "intercepts": [0.0], "probability": "sigmoid",
        "cases": [{"input": [1.0, 2.0], "label": 0, "probabilities": [0.5, 0.5]}]}`,
    );
    for (const member of /"(\w+)":/g[Symbol.matchAll](printed)) {
      expect(readFileSync(document(), 'utf8')).toContain(`"${member[1]}":`);
    }
    expect(await runImport('--classes', 'no,yes')).toBe(0);
    const artifact = parseArtifact(readFileSync(join(directory, 'iris/1/model.json'), 'utf8'));
    expect(artifact.verification.cases).toEqual([
      { input: [1, 2], label: 'no', probabilities: [0.5, 0.5] },
    ]);
  });

  it('writes a file that is imported only if its predictions are reproduced', async () => {
    writeFileSync(
      document(),
      JSON.stringify({
        format: 'linear-classifier-export',
        features: ['a'],
        preprocessing: [],
        classes: [0, 1],
        coefficients: [[1]],
        intercepts: [0],
        probability: 'softmax-pm',
        cases: [{ input: [1], label: 1, probabilities: [0.2689414213699951, 0.7310585786300049] }],
      }),
    );
    expect(await runImport()).toBe(1);
    expect(terminal.err).toMatch(/verification\.cases\[0\].*differ by/);
  });
});
