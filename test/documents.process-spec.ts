import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandsOf, type PageCommand } from './support/page-commands';
import { PageShell } from './support/page-shell';

// A few seconds each on a quiet machine.
jest.setTimeout(120_000);

/** Commands of the pages that are not run here, and why. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/\bdocker\b|^scripts\/roll/, 'needs a container engine; test/stack has one'],
  [/^(?:cp \.env\.example \.env|sed -i .+ \.env)$/, 'settings of the container stack'],
  [/^kubectl /, 'needs a cluster; test/deploy checks the manifests'],
  [/^(?:gcloud|aws|tar czf model\.tar\.gz) /, 'needs an account'],
  [/^sudo |^npm ci && npm run build$/, 'changes the machine'],
  [/^npm ci$|^npm ci && npm test$/, 'comes before these tests'],
  [/^npm run dev$/, 'builds into dist/, which other tests run from'],
  [
    /^npm install |^export (?:OTEL_|.*NODE_OPTIONS)/,
    'needs a registry; test/telemetry has the packages',
  ],
  [/models:\/churn/, 'needs a registry of MLflow; registry-model.spec.ts has one'],
];

/** What a page takes for granted. */
const BEFORE: Readonly<Record<string, string>> = {
  'docs/operations.md': 'npx inferserve import examples/churn/churn.joblib --name churn',
};

/** The pages of the examples are those of examples.process-spec.ts. */
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const isRun = ({ text }: PageCommand): boolean => !NOT_RUN.some(([pattern]) => pattern.test(text));

let shell: PageShell;
afterEach(() => shell.close());

async function runPage(page: string): Promise<void> {
  shell = await PageShell.open(page, page === 'README.md' ? 'real' : 'direct');
  if (page in BEFORE) await shell.run(BEFORE[page]!);
  for (const { text, answer } of commandsOf(page).filter(isRun)) {
    const output = await shell.run(text);
    if (answer !== undefined) expect(JSON.parse(output)).toEqual(JSON.parse(answer));
  }
}

const IMPORT_PAGE = 'docs/import-your-model.md';

test.each(PAGES.filter((page) => page !== IMPORT_PAGE && commandsOf(page).some(isRun)))(
  'the commands of %s work',
  runPage,
);

test(`the commands of ${IMPORT_PAGE} work, and end with the next version being served`, async () => {
  await runPage(IMPORT_PAGE);
  const served = async () =>
    ((await (await fetch(shell.url('/models/churn'))).json()) as { version: string }).version;
  for (let waited = 0; waited < 15_000 && (await served()) !== '2'; waited += 100) {
    await sleep(100);
  }
  expect(await served()).toBe('2');
});

test('what is not run is still in a page', () => {
  const texts = PAGES.flatMap(commandsOf).map(({ text }) => text);
  const isShown = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  expect(NOT_RUN.filter(([pattern]) => !isShown(pattern))).toEqual([]);
});
