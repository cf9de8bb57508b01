import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';
import { withRemoteFile } from './remote-file';

const BYTES = readFileSync(resolve('test/reference/models/iris-dataframe.sk191.joblib'));
const DIGEST = createHash('sha256').update(BYTES).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'remote-'));
let server: Server;
let url: string;
/** What the requests of a test asked for, and with which login. */
let asked: (readonly [host: string, login: string | undefined])[];
beforeEach(() => (asked = []));

beforeAll(async () => {
  server = createServer((request, response) => {
    const { host, authorization } = request.headers;
    asked.push([host!.split(':')[0]!, authorization]);
    if (request.url!.startsWith('/models/flowers.joblib')) response.end(BYTES);
    else if (request.url === '/large') {
      response.writeHead(200, { 'content-length': 2 ** 29 + 1 }).flushHeaders();
    } else if (request.url === '/moved') {
      const elsewhere = `${url.replace('127.0.0.1', 'localhost')}/models/flowers.joblib`;
      response.writeHead(302, { location: elsewhere }).end();
    } else response.writeHead(403).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

let terminal: RecordingTerminal;
async function runImport(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(['import', ...args, '--name', 'm', '--artifacts-dir', folder], terminal);
}

describe('a file from the network', () => {
  it('is imported where its digest is the one that is meant', async () => {
    const source = `${url}/models/flowers.joblib?token=secret`;
    expect(await runImport(source, '--sha256', DIGEST)).toBe(0);
    expect(terminal.out).toContain('source    flowers.joblib: joblib');
    expect(readFileSync(join(folder, 'm/1/model.json'), 'utf8')).not.toContain('secret');
  });

  it('is refused with another digest, and shows no secret of its address', async () => {
    const source = `${url}/models/flowers.joblib?token=secret`;
    expect(await runImport(source, '--sha256', '0'.repeat(64))).toBe(1);
    expect(terminal.err).toContain(`/models/flowers.joblib has the SHA-256 ${DIGEST}, not 000`);
    expect(terminal.err).not.toContain('secret');
  });

  it('needs a digest', async () => {
    expect(await runImport(`${url}/models/flowers.joblib`)).toBe(2);
    expect(terminal.err).toContain('a file from the network needs --sha256');
    expect(await runImport(`${url}/models/flowers.joblib`, '--sha256', 'abc')).toBe(2);
    expect(terminal.err).toContain('64 hexadecimal digits');
  });

  it.each([
    ['/other', /answers with 403/],
    ['/large', /has more than 512 MiB/],
  ])('at %s is refused', async (path, reason) => {
    expect(await runImport(`${url}${path}`, '--sha256', DIGEST)).toBe(1);
    expect(terminal.err).toMatch(reason);
  });

  it('that cannot be reached is refused with the reason', async () => {
    expect(await runImport('http://127.0.0.1:9/model.pkl', '--sha256', DIGEST)).toBe(1);
    expect(terminal.err).toMatch(
      /cannot download http:\/\/127\.0\.0\.1:9\/model\.pkl \(.+\)\. Check/,
    );
  });

  it('may need the login of its address, which no other host gets and no message shows', async () => {
    const login = url.replace('://', '://ann:s%40cret@');
    expect(await runImport(`${login}/moved`, '--sha256', DIGEST, '--dry-run')).toBe(0);
    const authorization = `Basic ${Buffer.from('ann:s@cret').toString('base64')}`;
    expect(asked).toEqual([
      ['127.0.0.1', authorization],
      ['localhost', undefined],
    ]);
    expect(await runImport(`${login}/other`, '--sha256', DIGEST)).toBe(1);
    expect(terminal.err).toContain(
      `${url}/other answers with 403. Check the address and its login`,
    );
    expect(terminal.err).not.toContain('cret');
  });

  it('needs an address that is one', async () => {
    expect(await runImport('https://', '--sha256', DIGEST)).toBe(2);
    expect(terminal.err).toMatch(/the address is not valid\. Write/);
  });

  it('leaves nothing behind', async () => {
    let copy = '';
    const failing = withRemoteFile(
      `${url}/models/flowers.joblib`,
      DIGEST.toUpperCase(),
      async (path) => {
        copy = path;
        expect(readFileSync(path)).toEqual(BYTES);
        throw new Error('later');
      },
    );
    await expect(failing).rejects.toThrow('later');
    expect(existsSync(copy)).toBe(false);
  });
});

test('--sha256 counts for a path too', async () => {
  const path = resolve('test/reference/models/iris-dataframe.sk191.joblib');
  expect(await runImport(path, '--dry-run', '--sha256', `sha256:${DIGEST}`)).toBe(0);
  expect(await runImport(path, '--dry-run', '--sha256', '1'.repeat(64))).toBe(1);
});
