import { existsSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { MemoryModelStore } from '@inferserve/model-store';
import { formatArtifact, parseArtifact, sealArtifact } from '@inferserve/model';
import { type Api, startApi } from './support/start-api';

const CHROMIUM = '/usr/bin/chromium';
/** Refreshed when it is missing; a screenshot differs a little on every machine. */
const SCREENSHOT = 'images/model_page.png';
const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// oxlint-disable-next-line node/no-process-env
const isRequired = process.env['REQUIRE_CHROMIUM'] === '1';
const describeWithChromium = existsSync(CHROMIUM) || isRequired ? describe : describe.skip;

let api: Api;
afterEach(() => api.close());

describe('GET /', () => {
  it('is the page for a browser, and JSON for everything else', async () => {
    api = await startApi();
    const page = await api.http().get('/').set('Accept', BROWSER_ACCEPT);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      vary: 'Accept',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(page.text).toContain('<h1>iris');
    for (const accept of ['*/*', 'application/json']) {
      const answer = await api.http().get('/').set('Accept', accept);
      expect(answer.body).toEqual({ message: 'Welcome to the Iris Classification API' });
      expect(answer.headers).toMatchObject({ vary: 'Accept' });
    }
    const head = await api.http().head('/').set('Accept', BROWSER_ACCEPT);
    expect([head.status, head.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('has the page of each model and version, and 404 for others', async () => {
    api = await startApi();
    for (const path of [
      '/models/iris/page',
      '/models/iris/page/',
      '/models/iris/versions/1/page',
      '/models/iris/versions/1/page/',
    ]) {
      const { text } = await api.http().get(path);
      const [asset] = /[./]*page-assets\/page\.css\?[0-9a-f]+/.exec(text) ?? [];
      const { pathname, search } = new URL(asset!, `http://host${path}`);
      const style = await api.http().get(`${pathname}${search}`);
      expect([style.status, style.headers['cache-control']]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
    for (const path of [
      '/models/irish/page',
      '/page-assets/server.js',
      '/page-assets/..%2Fserver.js',
    ]) {
      expect((await api.http().get(path)).status).toBe(404);
    }
  });

  it('shows what an artifact says as text, whatever it says', async () => {
    const evil = `"><script>alert('x')</script>`;
    const iris = parseArtifact(readFileSync('artifacts/iris/1/model.json', 'utf8'));
    const { contentHash, baseline, ...artifact } = iris;
    expect([contentHash, baseline]).not.toContain(undefined);
    const columns = artifact.columns.map((column) => ({ ...column, name: column.name + evil }));
    const store = new MemoryModelStore();
    const sealed = sealArtifact({ ...artifact, columns, description: evil } as never);
    await store.write('iris', '1', formatArtifact(sealed));
    api = await startApi({}, undefined, store);
    const { text } = await api.http().get('/').set('Accept', BROWSER_ACCEPT);
    expect(text).toContain('&lt;script&gt;alert');
    expect(text.match(/<script/g)).toHaveLength(1);
  });
});

describeWithChromium('the page in Chromium (skipped where /usr/bin/chromium is missing)', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let hosts: Set<string>;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  }, 60_000);
  afterAll(() => browser?.close());

  async function open(path = '/', options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
    api = await startApi();
    page = await browser.newPage({ viewport: { width: 1120, height: 900 }, ...options });
    [complaints, hosts] = [[], new Set()];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) hosts.add(new URL(request.url()).host);
    });
    await page.goto(`${api.url}${path}`);
  }
  afterEach(() => page.close());

  const prediction = () => page.locator('.prediction').innerText();

  test('a changed form changes the answer, its probabilities and the snippets', async () => {
    await open();
    await page.getByLabel('petal_length cm').fill('5.6');
    await page.getByLabel('petal_width cm').fill('2.2');
    await page.getByText(/^Answered by version 1/).waitFor();
    expect(await prediction()).toBe('virginica');
    expect(await page.locator('.probabilities dd').count()).toBe(3);
    expect(await page.locator('code[data-language="curl"]').innerText()).toContain(
      '"petal_width":2.2',
    );
    // The slider has followed the number.
    expect(await page.getByLabel('petal_width, slider').inputValue()).toBe('2.2');
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(api.url).host]);
    if (existsSync(SCREENSHOT)) return;
    const clip = { x: 0, y: 0, width: 1120, height: 1120 };
    await page.screenshot({ path: SCREENSHOT, fullPage: true, clip });
  });

  test('works by keyboard, and marks a value that is missing', async () => {
    await open('/models/iris/page');
    await page.getByLabel('sepal_length cm').fill('');
    await page.getByLabel('sepal_length cm').press('Enter');
    await page.locator('.fault:visible').first().waitFor();
    expect(await page.locator('[aria-invalid]').getAttribute('id')).toBe('column-0');
    await page.getByLabel('sepal_length cm').fill('5.1');
    await page.keyboard.press('Enter');
    await page.getByText(/^Answered by version 1/).waitFor();
    expect(await page.locator('.fault:visible').count()).toBe(0);
  });

  test('says over the limit when to come back', async () => {
    await open();
    for (let i = 0; i < 10; i++) expect((await api.predict()).status).toBe(200);
    await page.getByRole('button', { name: 'Predict' }).click();
    await page.getByText(/The limit of requests is reached\. Come back in \d+ s\./).waitFor();
    expect(await page.getByRole('button', { name: 'Predict' }).isDisabled()).toBe(true);
  });

  test.each(['light', 'dark'] as const)(
    'has nothing for axe to complain of, in %s, and fits a phone',
    async (colorScheme) => {
      await open('/', { colorScheme, viewport: { width: 320, height: 640 } });
      await page.getByRole('button', { name: 'Predict' }).click();
      await page.getByText(/^Answered by version 1/).waitFor();
      const violations = await page.evaluate(`${AXE}; axe.run().then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
      expect(violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    },
  );
});
