import { existsSync, readFileSync } from 'node:fs';
import { MemoryModelStore } from '@inferserve/model-store';
import { formatArtifact, parseArtifact, sealArtifact } from '@inferserve/model';
import { describeWithChromium, ModelPage } from './support/model-page';
import { type Api, startApi } from './support/start-api';

/** Refreshed when it is missing; a screenshot differs a little on every machine. */
const SCREENSHOT = 'images/model_page.png';
const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

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
  const shown = new ModelPage();

  async function open(path = '/', options: Parameters<ModelPage['open']>[1] = {}): Promise<void> {
    api = await startApi();
    await shown.open(`${api.url}${path}`, options);
  }

  test('a changed form changes the answer, its probabilities and the snippets', async () => {
    await open();
    await shown.page.getByLabel('petal_length cm').fill('5.6');
    await shown.page.getByLabel('petal_width cm').fill('2.2');
    await shown.answered();
    expect(await shown.text('.prediction')).toBe('virginica');
    expect(await shown.page.locator('.probabilities dd').count()).toBe(3);
    expect(await shown.text('code[data-language="curl"]')).toContain('"petal_width":2.2');
    // The slider has followed the number.
    expect(await shown.page.getByLabel('petal_width, slider').inputValue()).toBe('2.2');
    expect(shown.complaints).toEqual([]);
    expect([...shown.hosts]).toEqual([new URL(api.url).host]);
    if (existsSync(SCREENSHOT)) return;
    await shown.page.locator(':focus').blur();
    const clip = { x: 0, y: 0, width: 1120, height: 1165 };
    await shown.page.screenshot({ path: SCREENSHOT, fullPage: true, clip });
  });

  test('works by keyboard, and marks a value that is missing', async () => {
    await open('/models/iris/page');
    await shown.page.getByLabel('sepal_length cm').fill('');
    await shown.page.getByLabel('sepal_length cm').press('Enter');
    await shown.page.locator('.fault:visible').first().waitFor();
    expect(await shown.page.locator('[aria-invalid]').getAttribute('id')).toBe('column-0');
    await shown.page.getByLabel('sepal_length cm').fill('5.1');
    await shown.page.keyboard.press('Enter');
    await shown.answered();
    expect(await shown.page.locator('.fault:visible').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)(
    'has nothing for axe to complain of, in %s, and fits a phone',
    async (colorScheme) => {
      await open('/', { colorScheme, viewport: { width: 320, height: 640 } });
      await shown.predict();
      expect(await shown.violations()).toEqual([]);
      expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    },
  );
});
