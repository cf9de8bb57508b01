import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './support/free-port';

const BIN = resolve('apps/cli/bin/inferserve.js');
const EXAMPLES = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const scratch = mkdtempSync(join(tmpdir(), 'examples-'));

/** What scikit-learn answered. */
interface StatedAnswer {
  readonly input: object;
  readonly predicted_class?: string;
  readonly predicted_value?: number;
  readonly probabilities?: Readonly<Record<string, number>>;
}

let running: ChildProcess | undefined;
beforeAll(() => {
  if (!existsSync('dist/inferserve.js')) throw new Error('dist is missing: run "npm run build"');
});
afterEach(() => void running?.kill('SIGKILL'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The commands of an example's page that begin with `npx inferserve <command>`, without that. */
function commandsOf(example: string, command: string): string[] {
  const page = readFileSync(join('examples', example, 'README.md'), 'utf8');
  return [...page.matchAll(new RegExp(`^npx inferserve ((?:${command}) .+)$`, 'gm'))].map(
    ([, text]) => text!,
  );
}

async function serve(example: string, command: string): Promise<{ url: string }> {
  const port = await freePort();
  const args = [...command.split(' '), '--port', String(port), '--limit', 'off'];
  running = spawn(process.execPath, [BIN, ...args], {
    cwd: join('examples', example),
    // oxlint-disable-next-line node/no-process-env -- PATH alone of this machine's variables
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [running.stdout!, running.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  for (let waited = 0; waited < 30_000 && running.exitCode === null; waited += 50) {
    if (said.includes('Ctrl+C')) return { url: `http://127.0.0.1:${port}` };
    await sleep(50);
  }
  throw new Error(said);
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

describe.each(EXAMPLES)('example %s', (example) => {
  const stated = JSON.parse(
    readFileSync(join('examples', example, 'answers.json'), 'utf8'),
  ) as readonly StatedAnswer[];

  test('the served model answers as scikit-learn does', async () => {
    const [command] = commandsOf(example, 'serve');
    const isRegressor = stated[0]!.predicted_value !== undefined;
    const { url } = await serve(example, command!);
    const response = await fetch(
      `${url}/predict/batch${isRegressor ? '' : '?include=probabilities'}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ instances: stated.map(({ input }) => input) }),
      },
    );
    const { predictions } = (await response.json()) as { predictions: readonly StatedAnswer[] };
    expect(predictions).toHaveLength(stated.length);
    for (const [i, { predicted_class, predicted_value, probabilities }] of stated.entries()) {
      const given = predictions[i]!;
      expect(given.predicted_class).toBe(predicted_class);
      if (predicted_value !== undefined) expectClose(given.predicted_value!, predicted_value);
      expect(Object.keys(given.probabilities ?? {})).toEqual(Object.keys(probabilities ?? {}));
      for (const [label, share] of Object.entries(probabilities ?? {})) {
        expectClose(given.probabilities![label]!, share);
      }
    }
    // The request of the page, against this port.
    const page = readFileSync(join('examples', example, 'README.md'), 'utf8');
    const [curl] = /^curl [^]+?'$/m.exec(page.replace(/ \\\n +/g, ' ')) ?? [];
    const line = curl!
      .replace('http://localhost:8000', url)
      .replace('curl', 'curl -sS --fail-with-body');
    const run = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/^\{"predicted_(class|value)":/);
  }, 60_000);

  for (const command of commandsOf(example, 'import|predict')) {
    test(
      command,
      () => {
        const isImport = command.startsWith('import');
        const target = isImport
          ? ['--artifacts-dir', scratch]
          : ['-o', join(scratch, `${example}.csv`)];
        const args = [...command.replace(/ -o \S+/, '').split(' '), ...target];
        const run = spawnSync(process.execPath, [BIN, ...args], {
          cwd: join('examples', example),
          encoding: 'utf8',
        });
        expect(run).toMatchObject({ status: 0, stderr: '' });
        if (isImport) {
          expect(run.stdout).toMatch(
            /Checked on (?:200 rows: \d+ right, accuracy [789]|150 rows: R² 0\.9)/,
          );
          return;
        }
        // The first rows of the table are those of answers.json.
        const [, ...rows] = readFileSync(join(scratch, `${example}.csv`), 'utf8')
          .trim()
          .split('\n');
        for (const [i, { predicted_class, probabilities }] of stated.entries()) {
          const fields = rows[i]!.split(',').slice(-3);
          expect(fields[0]).toBe(predicted_class);
          for (const [k, share] of Object.values(probabilities!).entries()) {
            expectClose(Number(fields[k + 1]), share);
          }
        }
      },
      60_000,
    );
  }
});
