import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './support/free-port';

// Less than 20 s each on a quiet machine.
jest.setTimeout(180_000);

/** Far more than a start takes on a busy machine, and less than a test may. */
const START_MS = 60_000;

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

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...markdownIn('docs'),
  ...readdirSync('examples', { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? markdownIn(`examples/${entry.name}`) : [],
  ),
];
/** A server runs until the next one starts, or the page ends. */
const SERVER = /^(?:[A-Z_]+=\S+ )*(?:npm start|npx inferserve serve)\b/;

interface Command {
  readonly text: string;
  /** The JSON that the page shows below it. */
  readonly answer?: string;
}

function markdownIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

function commandsOf(page: string): readonly Command[] {
  const blocks = /^```(?:sh|bash|shell)\n([^]*?)^```\n(?:\n```json\n([^]*?)^```)?/gm;
  return [...readFileSync(page, 'utf8').matchAll(blocks)].flatMap(([, block, answer]) => {
    const commands = logicalLines(block!);
    return commands.map((text, i) =>
      answer !== undefined && !answer.includes('…') && i === commands.length - 1
        ? { text, answer }
        : { text },
    );
  });
}

/** Without comments; a line ends where its quotes are closed and no backslash continues it. */
function logicalLines(block: string): readonly string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of block.split('\n')) {
    open += open === '' ? line : `\n${line}`;
    const isQuoted = (open.match(/'/g) ?? []).length % 2 === 1;
    if (isQuoted || open.endsWith('\\')) continue;
    const command = open.replace(/\s+# .*$/, '').trim();
    if (command !== '') lines.push(command);
    open = '';
  }
  return lines;
}

const isRun = ({ text }: Command): boolean => !NOT_RUN.some(([pattern]) => pattern.test(text));

/** A copy of the workspace: commands write into it, with models and pages of its own. */
const folder = mkdtempSync(join(tmpdir(), 'documents-'));
/** Ports that the pages name, and those in their place. */
const ports = new Map<string, number>();
let server: ChildProcess | undefined;

beforeAll(async () => {
  for (const name of ['apps', 'dist', 'node_modules', 'test', 'package.json']) {
    symlinkSync(resolve(name), join(folder, name));
  }
  for (const name of ['artifacts', 'examples']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, '.curlrc'), 'silent\nshow-error\nfail-with-body\n');
  for (const port of ['8000', '8001', '8080']) ports.set(port, await freePort());
});
afterEach(() => stopServer());
afterAll(() => rmSync(folder, { recursive: true }));

function run(page: string, text: string): { child: ChildProcess; output: () => string } {
  const command = text.replace(/\b80(?:00|01|80)\b/g, (port) => String(ports.get(port)));
  const child = spawn('bash', ['-c', command], {
    cwd: join(folder, page.startsWith('examples/') ? dirname(page) : '.'),
    env: {
      // oxlint-disable-next-line node/no-process-env -- PATH alone of this machine's variables
      PATH: process.env['PATH'],
      HOME: folder,
      PORT: String(ports.get('8000')),
      HOST: '127.0.0.1',
      SHUTDOWN_DELAY_SECONDS: '0',
      // The build exists, and other tests run from it.
      npm_config_ignore_scripts: 'true',
      npm_config_update_notifier: 'false',
      npm_config_offline: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (part: string) => (output += part));
  }
  return { child, output: () => output };
}

async function runToEnd(page: string, text: string): Promise<string> {
  const { child, output } = run(page, text);
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ text, code, output: code === 0 ? '' : output() }).toEqual({ text, code: 0, output: '' });
  return output();
}

async function startServer(page: string, text: string): Promise<void> {
  await stopServer();
  const { child, output } = run(page, text);
  server = child;
  const port = ports.get(/--port (\d+)/.exec(text)?.[1] ?? '8000')!;
  const signal = AbortSignal.timeout(START_MS);
  while (child.exitCode === null && !signal.aborted) {
    const health = fetch(`http://127.0.0.1:${port}/health/ready`, { signal });
    if ((await health.catch(() => undefined))?.status === 200) return;
    await sleep(50);
  }
  const problem = signal.aborted ? `is not ready after ${START_MS} ms` : 'ended';
  throw new Error(`${text} ${problem}:\n${output()}`);
}

/** The whole group: npm and npx stand between the shell and the server. */
async function stopServer(): Promise<void> {
  const child = server;
  server = undefined;
  if (!child || child.exitCode !== null) return;
  const closed = once(child, 'close');
  process.kill(-child.pid!, 'SIGKILL');
  await closed;
}

async function runPage(page: string): Promise<void> {
  for (const { text, answer } of commandsOf(page).filter(isRun)) {
    if (SERVER.test(text)) {
      await startServer(page, text);
      continue;
    }
    if (text.startsWith('curl ') && !server) await startServer(page, 'npm start');
    const output = await runToEnd(page, text);
    if (answer !== undefined) expect(JSON.parse(output)).toEqual(JSON.parse(answer));
  }
}

const withCommands = PAGES.filter((page) => commandsOf(page).some(isRun));

test.each(withCommands.filter((page) => page !== 'docs/import-your-model.md'))(
  'the commands of %s work',
  runPage,
);

test('the commands of docs/import-your-model.md work, and end with the next version being served', async () => {
  await runPage('docs/import-your-model.md');
  const url = `http://127.0.0.1:${ports.get('8000')}/models/churn`;
  const served = () => fetch(url).then((answer) => answer.json() as Promise<{ version: string }>);
  for (let waited = 0; waited < 15_000; waited += 250) {
    if ((await served()).version === '2') break;
    await sleep(250);
  }
  expect((await served()).version).toBe('2');
});

test.each(NOT_RUN)('%s is still in a page', (pattern) => {
  expect(PAGES.flatMap(commandsOf).some(({ text }) => pattern.test(text))).toBe(true);
});
