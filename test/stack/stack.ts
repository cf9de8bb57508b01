import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { freePort } from '../support/free-port';

const ROOT = join(__dirname, '../..');
const EXAMPLE = readFileSync(join(ROOT, '.env.example'), 'utf8');
// oxlint-disable-next-line node/no-process-env -- whether an engine must be there, and how docker finds it
const { REQUIRE_STACK, ...inherited } = process.env;
// Compose prefers the shell's variables to those of a file.
for (const name of Object.keys(parseEnv(EXAMPLE))) delete inherited[name];

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** A project of Compose with a name, a port and a settings file of its own. */
export class Stack {
  readonly project = `inferserve-test-${process.pid}`;
  private readonly folder = mkdtempSync(join(tmpdir(), 'inferserve-stack-'));
  private readonly extra: string[] = [];

  private constructor(
    readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly files: readonly string[],
  ) {}

  /** Whether a Docker engine answers. */
  static get hasEngine(): boolean {
    return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
  }

  /** The settings are those of .env.example but for these and a free port; `files` add to docker-compose.yml. */
  static async of(
    settings: Readonly<Record<string, string>>,
    ...files: readonly string[]
  ): Promise<Stack> {
    return new Stack(await freePort(), settings, files);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  compose(...args: readonly string[]): Promise<Outcome> {
    const settings = { ...this.settings, PORT: String(this.port) };
    return this.composeWith(settings, ...args);
  }

  composeWith(
    settings: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<Outcome> {
    const lines = EXAMPLE.split('\n').filter((line) => !(line.replace(/=.*/, '') in settings));
    for (const [name, value] of Object.entries(settings)) lines.push(`${name}=${value}`);
    writeFileSync(this.settingsFile, lines.join('\n'));
    const files = ['docker-compose.yml', ...this.files].flatMap((file) => ['--file', file]);
    const project = ['--project-name', this.project, '--env-file', this.settingsFile];
    return run('docker', 'compose', ...project, ...files, ...args);
  }

  /** The project as variables, for programs that call Compose by themselves. */
  get variables(): Readonly<Record<string, string>> {
    return { COMPOSE_PROJECT_NAME: this.project, COMPOSE_ENV_FILES: this.settingsFile };
  }

  private get settingsFile(): string {
    return join(this.folder, 'settings.env');
  }

  /** Runs a command inside a service's container. */
  exec(service: string, ...command: readonly string[]): Promise<Outcome> {
    return this.compose('exec', '-T', service, ...command);
  }

  /** Another container of the API beside the stack's, with this environment; its URL and its log. */
  async another(environment: Readonly<Record<string, string>>) {
    const port = await freePort();
    const variables = Object.entries(environment).flatMap(([name, value]) => [
      '--env',
      `${name}=${value}`,
    ]);
    const name = `${this.project}-another-${port}`;
    this.extra.push(name);
    const how = ['--detach', '--no-deps', '--name', name, '--publish', `${port}:8000`];
    await succeeded(this.compose('run', ...how, ...variables, 'api'));
    return { url: `http://127.0.0.1:${port}`, log: () => run('docker', 'logs', name) };
  }

  inspect(service: string, format: string): Promise<string> {
    return succeeded(run('docker', 'inspect', '--format', format, `${this.project}-${service}-1`));
  }

  async imageBytes(): Promise<number> {
    const size = ['image', 'inspect', '--format', '{{.Size}}'];
    return Number(await succeeded(run('docker', ...size, `${this.project}-api`)));
  }

  /** Removes containers, networks, volumes and the image, whatever state they are in. */
  async down(): Promise<void> {
    if (this.extra.length > 0) await run('docker', 'rm', '--force', ...this.extra);
    await this.compose('down', '--volumes', '--remove-orphans', '--timeout', '2');
    await run('docker', 'image', 'rm', '--force', `${this.project}-api`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The output of a command that must succeed. */
export async function succeeded(command: Promise<Outcome>): Promise<string> {
  const { status, output } = await command;
  if (status !== 0) throw new Error(`ended with ${status}:\n${output}`);
  return output.trim();
}

/** `describe` where there is an engine; else a skip that says so, or a failure under REQUIRE_STACK=1. */
export function describeWithEngine(name: string, body: () => void): void {
  if (Stack.hasEngine) describe(name, body);
  else if (REQUIRE_STACK === '1') {
    test(`${name}: a Docker engine is required, but \`docker info\` fails`, () => {
      expect(false).toBe(true);
    });
  } else {
    // Jest says nothing of a file whose tests are all skipped.
    process.stderr.write(`SKIPPED: ${name}: \`docker info\` fails on this machine\n`);
    describe.skip(name, body);
  }
}

/** Runs a command at the root of the project, without the settings of this shell. */
export function run(command: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: inherited,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}
