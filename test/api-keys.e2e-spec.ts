import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKeyLine, createApiKey } from '@inferserve/api-keys';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ACCESS } from '../apps/api/src/access/access';
import type { AccessControl } from '../apps/api/src/access/access-control';
import { type Api, SETOSA, startApi } from './support/start-api';

const APP = createApiKey();
const JOB = createApiKey();
const WRONG = createApiKey();

describe('API keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-keys-'));
  const file = join(folder, 'keys');
  let api: Api;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    writeFileSync(
      file,
      `# clients\n${apiKeyLine('app', APP)}\n${apiKeyLine('job', JOB, '3/minute')}\n`,
    );
    api = await startApi({ API_KEYS_FILE: file, RATE_LIMIT: '2', ...variables });
  };
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const statuses = async (count: number, headers = {}): Promise<number[]> => {
    const results: number[] = [];
    for (let i = 0; i < count; i++) results.push((await api.predict(SETOSA, headers)).status);
    return results;
  };

  afterEach(() => api?.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  test('count by the name of the key, at its own limit, apart from the address', async () => {
    await start();
    expect(await statuses(3, bearer(JOB))).toEqual([200, 200, 200]);
    const refused = await api.predict(SETOSA, { 'x-api-key': JOB });
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({
      detail: 'Rate limit exceeded. Please try again later. Limit is 3 requests per minute.',
    });
    expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '3' });
    expect(await statuses(3, { 'x-api-key': APP })).toEqual([200, 200, 429]);
    expect(await statuses(3)).toEqual([200, 200, 429]);
  });

  test('that nobody has get 401 and count against the address', async () => {
    await start();
    const refused = await api.predict(SETOSA, bearer(WRONG));
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual({ detail: 'The API key is not valid.' });
    expect(refused.headers['www-authenticate']).toBe(
      'Bearer realm="inferserve", error="invalid_token"',
    );
    expect(await statuses(2, { 'x-api-key': '' })).toEqual([401, 429]);
    expect(await statuses(1)).toEqual([429]);
    // A client whose key is right does not suffer from another one behind its address.
    expect(await statuses(1, bearer(APP))).toEqual([200]);
  });

  test('are needed where AUTH says so, for predictions only', async () => {
    await start({ AUTH: 'required' });
    const refused = await api.predict('not even JSON');
    expect(refused.status).toBe(401);
    expect(refused.body.detail).toMatch(/^An API key is required/);
    expect(refused.headers['www-authenticate']).toBe('Bearer realm="inferserve"');
    // Another scheme belongs to a proxy in front.
    expect(await statuses(3, { authorization: 'Basic YTpi' })).toEqual([401, 401, 401]);
    expect(await statuses(1, { authorization: 'Basic YTpi', 'x-api-key': APP })).toEqual([200]);
    expect(await statuses(1, { authorization: `bearer  ${APP}` })).toEqual([200]);
    for (const path of ['/', '/docs', '/docs-json', '/health/ready', '/metrics']) {
      expect([path, (await api.http().get(path)).status]).toEqual([path, 200]);
    }
  });

  test('guard every POST, in the error form of its protocol', async () => {
    await start({ AUTH: 'required', PROTOCOLS: 'native,v2,v1,mlflow' });
    const { paths } = (await api.http().get('/docs-json')).body as OpenAPIObject;
    const posts = Object.keys(paths).filter((path) => paths[path]!.post);
    expect(posts.length).toBeGreaterThan(5);
    const forms = new Set<string>();
    for (const path of posts) {
      const url = path.replace('{version}', '1').replace(/\{\w+\}/g, 'iris');
      const { status, headers, body } = await api.http().post(url).send({});
      expect([url, status]).toEqual([url, 401]);
      expect(headers['www-authenticate']).toBe('Bearer realm="inferserve"');
      expect(paths[path]!.post!.responses['401']).toMatchObject({
        content: { 'application/json': { example: body } },
      });
      forms.add(Object.keys(body as object).join());
    }
    expect([...forms].sort()).toEqual(['detail', 'error', 'error_code,message']);
  });

  test('have limits of their own even where there is no other limit', async () => {
    await start({ RATE_LIMIT: '0' });
    expect(await statuses(4, bearer(JOB))).toEqual([200, 200, 200, 429]);
    expect(await statuses(12, bearer(APP))).toEqual(Array(12).fill(200));
  });

  test('are read again; a file that cannot be used changes nothing', async () => {
    await start({ AUTH: 'required' });
    const access = api.app.get<AccessControl>(ACCESS);
    writeFileSync(file, apiKeyLine('app', WRONG));
    access.reload();
    expect([await statuses(1, bearer(WRONG)), await statuses(1, bearer(APP))]).toEqual([
      [200],
      [401],
    ]);
    writeFileSync(file, 'app nonsense');
    expect(() => access.reload()).toThrow(/API_KEYS_FILE=.*line 1/);
    expect(await statuses(1, bearer(WRONG))).toEqual([200]);
  });

  test('appear by their names in logs and metrics, never by themselves', async () => {
    await start({ AUTH: 'required' });
    await statuses(3, bearer(APP));
    await statuses(1, bearer(WRONG));
    await statuses(1);
    const metrics = (await api.http().get('/metrics')).text;
    expect(metrics).toContain('inferserve_api_key_requests_total{api_key="app",status="200"} 2');
    expect(metrics).toContain('inferserve_api_key_requests_total{api_key="app",status="429"} 1');
    expect(metrics).toContain('inferserve_authentication_failures_total{reason="unknown"} 1');
    expect(metrics).toContain('inferserve_authentication_failures_total{reason="absent"} 1');
    const log = api.logLines.join('');
    expect(log).toMatch(/"status":200,.*"apiKey":"app"/);
    for (const text of [log, metrics]) expect(text).not.toMatch(/isk_/);
  });

  test('are in the OpenAPI document, so that "Authorize" works', async () => {
    const documentOf = async () => (await api.http().get('/docs-json')).body as OpenAPIObject;
    await start();
    let document = await documentOf();
    expect(document.components!.securitySchemes).toEqual({
      bearer: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
      apiKey: expect.objectContaining({ type: 'apiKey', in: 'header', name: 'X-API-Key' }),
    });
    expect(document.paths['/predict']!.post!.security).toEqual([
      { bearer: [] },
      { apiKey: [] },
      {},
    ]);
    await api.close();
    await start({ AUTH: 'required' });
    document = await documentOf();
    expect(document.paths['/predict/batch']!.post!.security).toEqual([
      { bearer: [] },
      { apiKey: [] },
    ]);
    expect(document.paths['/predict']!.post!.responses['401']).toMatchObject({
      content: { 'application/json': { example: { detail: expect.stringContaining('API key') } } },
    });
    await api.close();
    api = await startApi();
    document = await documentOf();
    expect(JSON.stringify(document)).not.toMatch(/"security":\[\{|securitySchemes/);
    // Without a file of keys nobody is asked for one, and one that comes is ignored.
    expect(await statuses(1, bearer(WRONG))).toEqual([200]);
  });

  test('that cannot be read stop the start, with the reason', async () => {
    await expect(startApi({ API_KEYS_FILE: join(folder, 'nothing') })).rejects.toThrow(
      /API_KEYS_FILE=".*nothing": cannot be read \(ENOENT\)/,
    );
    writeFileSync(file, 'app isk_secret');
    await expect(startApi({ API_KEYS_FILE: file })).rejects.toThrow(/line 1: behind the name/);
    await expect(startApi({ AUTH: 'required' })).rejects.toThrow(
      /AUTH=required needs API_KEYS_FILE/,
    );
    await start();
  });
});
