import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './support/page-commands';
import { PageShell } from './support/page-shell';

jest.setTimeout(120_000);

const EXAMPLES = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What scikit-learn answered. */
interface StatedAnswer {
  readonly input: object;
  readonly predicted_class?: string;
  readonly predicted_value?: number;
  readonly probabilities?: Readonly<Record<string, number>>;
}

interface Ran {
  readonly shell: PageShell;
  readonly output: string;
  readonly stated: readonly StatedAnswer[];
}

/** What each command of a page has to do, beyond ending well. */
const CHECKS: readonly (readonly [RegExp, (ran: Ran) => unknown])[] = [
  [/^npx inferserve serve /, answersAsStated],
  [/^curl /, ({ output }) => expect(output).toMatch(/^\{"predicted_(class|value)":/)],
  [
    /^npx inferserve import .* --check /,
    ({ output }) =>
      expect(output).toMatch(
        /Checked on (?:200 rows: \d+ right, accuracy [789]|150 rows: R² 0\.9)/,
      ),
  ],
  [/^npx inferserve predict .* -o predictions\.csv$/, writesAsStated],
];

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

async function answersAsStated({ shell, stated }: Ran): Promise<void> {
  const isRegressor = stated[0]!.predicted_value !== undefined;
  const path = `/predict/batch${isRegressor ? '' : '?include=probabilities'}`;
  const response = await fetch(shell.url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instances: stated.map(({ input }) => input) }),
  });
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
}

/** The first rows of the table are those of answers.json. */
function writesAsStated({ shell, stated }: Ran): void {
  const table = readFileSync(join(shell.directory, 'predictions.csv'), 'utf8');
  const [, ...rows] = table.trim().split('\n');
  for (const [i, { predicted_class, probabilities }] of stated.entries()) {
    const fields = rows[i]!.split(',').slice(-3);
    expect(fields[0]).toBe(predicted_class);
    for (const [k, share] of Object.values(probabilities!).entries()) {
      expectClose(Number(fields[k + 1]), share);
    }
  }
}

let shell: PageShell;
afterEach(() => shell.close());

test.each(EXAMPLES)('example %s: each command works, and answers as scikit-learn', async (name) => {
  const page = `examples/${name}/README.md`;
  const stated = JSON.parse(
    readFileSync(`examples/${name}/answers.json`, 'utf8'),
  ) as readonly StatedAnswer[];
  shell = await PageShell.open(page);
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThan(1);
  for (const { text } of commands) {
    const check = CHECKS.find(([pattern]) => pattern.test(text))?.[1];
    if (!check) throw new Error(`say in CHECKS what this command has to do: ${text}`);
    await check({ shell, stated, output: await shell.run(text) });
  }
});
