import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { apiKeyLine, createApiKey } from '@inferserve/api-keys';
import { type Artifact, formatArtifact } from '@inferserve/model';
import { ModelRegistry } from '@inferserve/inference';
import { MemoryModelStore } from '@inferserve/model-store';
import { baselineArtifact, withBaseline } from './support/baseline-model';
import { mixedArtifact } from './support/mixed-model';
import { describeWithChromium, ModelPage } from './support/model-page';
import { prefixProxy } from './support/prefix-proxy';
import { multiplier, named, numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const run = promisify(execFile);

describeWithChromium('the form (skipped where /usr/bin/chromium is missing)', () => {
  const shown = new ModelPage();
  let api: Api;
  afterEach(() => api.close());

  async function open(artifact: Artifact): Promise<void> {
    const store = new MemoryModelStore();
    await store.write(artifact.name, artifact.version, formatArtifact(artifact));
    api = await startApi({ MODEL_NAME: artifact.name }, undefined, store);
    await shown.open(`${api.url}/models/${artifact.name}/page`);
  }
  const field = (name: string) => shown.page.getByLabel(name, { exact: true });

  test('works wherever a proxy puts it, with a slash at the end or without', async () => {
    api = await startApi();
    const proxy = await prefixProxy('/tools/ml', api.url);
    const paths = ['/', '/models/iris/page', '/models/iris/page/', '/models/iris/versions/1/page/'];
    for (const path of paths) {
      await shown.open(`${proxy.url}${path}`);
      await shown.predict();
      expect(shown.complaints).toEqual([]);
      await shown.page.close();
    }
    await proxy.close();
  });

  test('works at a prefix without a slash, of which a trusted proxy has to say the path', async () => {
    api = await startApi({ TRUST_PROXY: '1' });
    for (const stated of ['/tools/ml', '/tools/ml/']) {
      const proxy = await prefixProxy('/tools/ml', api.url, { 'X-Forwarded-Prefix': stated });
      await shown.open(proxy.url);
      await shown.predict();
      expect(shown.complaints).toEqual([]);
      expect(await shown.page.locator('code[data-language="curl"]').textContent()).toContain(
        `'${proxy.url}/models/iris/predict'`,
      );
      await shown.page.getByRole('link', { name: 'API documentation' }).click();
      expect(shown.page.url()).toBe(`${proxy.url}/docs`);
      await shown.page.close();
      await proxy.close();
    }
  });

  test.each([
    ['', '/tools'],
    ['1', '//evil.example'],
    ['1', '/a//evil.example'],
    ['1', 'https://evil.example'],
    ['1', '/tools, /other'],
    ['1', '/"><script>'],
    ['10.0.0.1', '/tools'],
  ])('takes no prefix with TRUST_PROXY=%j from %j', async (proxies, prefix) => {
    api = await startApi({ TRUST_PROXY: proxies });
    const headers = { Accept: 'text/html', 'X-Forwarded-Prefix': prefix };
    const { status, text } = await api.http().get('/').set(headers);
    expect(status).toBe(200);
    expect(/data-url="([^"?]*)/.exec(text)![1]).toBe('predict');
  });

  test('explains the example of a model once, however often its pages are shown', async () => {
    api = await startApi();
    const model = api.app.get(ModelRegistry).default;
    const score = jest.spyOn(model, 'score');
    const pages = [];
    for (const path of ['/', '/', '/models/iris/page']) {
      const { text } = await api.http().get(path).set('Accept', 'text/html');
      pages.push(/data-answer="([^"]*)"/.exec(text)![1]);
    }
    expect(score).toHaveBeenCalledTimes(1);
    expect(pages[0]).toContain('contributions');
    expect(new Set(pages).size).toBe(1);
  });

  test('says a countdown to a screen reader once, and the answer again', async () => {
    api = await startApi({ RATE_LIMIT: '1', RATE_LIMIT_WINDOW_SECONDS: '3' });
    await shown.open(api.url);
    expect((await api.predict()).status).toBe(200);
    // Each text of the status with what a screen reader is told of it at that time: the region around it is polite.
    await shown.page.evaluate(`
      window.said = [];
      const status = document.querySelector('.status');
      new MutationObserver(() => window.said.push([status.textContent, status.ariaLive]))
        .observe(status, { childList: true });`);
    await shown.page.getByRole('button', { name: 'Predict' }).click();
    await shown.answered();
    const said: [text: string, live: string | null][] = await shown.page.evaluate('window.said');
    const counted = said.filter(([text]) => text.startsWith('The limit of requests'));
    expect(counted.length).toBeGreaterThan(1);
    expect(counted.map(([, live]) => live)).toEqual([null, ...counted.slice(1).map(() => 'off')]);
    const [text, live] = said.at(-1)!;
    expect([text, live]).toEqual([expect.stringMatching(/^Answered by version/), null]);
    expect(await shown.page.locator('.answer').getAttribute('aria-live')).toBe('polite');
  });

  test('shows before any request what the model answers to the example, counting nothing', async () => {
    await open(mixedArtifact());
    // 1 / (1 + e^-2), the stated answer to the first stated row.
    expect(await shown.texts('.probabilities dd')).toEqual(['11.9 %', '88.1 %']);
    const { text } = await api.http().get('/metrics');
    expect(text).toMatch(/^inferserve_predictions_total\{.*predicted_class="yes"\} 0$/m);
  });

  test('sends numbers, choices and truth values as such, and what is missing as null', async () => {
    await open(mixedArtifact());
    expect(await shown.row()).toEqual({ age: 30, city: 'Bonn', member: true, grade: 1 });
    await field('city').selectOption('Köln');
    await field('member').selectOption('false');
    await field('grade').selectOption('missing');
    await field('age').fill('');
    expect(await shown.row()).toEqual({ age: null, city: 'Köln', member: false, grade: null });
    await shown.predict();
    // 0 + 1 + 0 - 3 = -2.
    expect(await shown.texts('.probabilities dd')).toEqual(['88.1 %', '11.9 %']);
    expect(await shown.text('.prediction')).toBe('no');
  });

  test('sends what is typed for a category of many values as one of them, and null for nothing', async () => {
    const codes = Array.from({ length: 501 }, (_, i) => i);
    const category = { type: 'category', unknown: 'reject' } as const;
    const vocabulary = { type: 'vocabulary', terms: ['free'] } as const;
    const analyzer = { unit: 'word', ngrams: [1, 1], lowercase: true };
    const columns = [
      { ...category, name: 'zip', values: codes, nullable: true },
      { ...category, name: 'street', values: codes.map(String), nullable: true },
      { ...category, name: 'house', values: codes.map((code) => (code ? `${code}` : '')) },
      { type: 'text', name: 'note', vectorizers: [{ analyzer, terms: vocabulary, binary: false }] },
    ];
    const artifact = signArtifact(columns as never, [7, '7', '7', 'free']);
    await open(artifact);
    expect(await shown.row()).toEqual({ zip: 7, street: '7', house: '7', note: 'free' });
    await field('zip').fill('12');
    expect(await shown.row()).toMatchObject({ zip: 12 });
    for (const name of ['zip', 'street', 'house', 'note']) await field(name).fill('');
    expect(await shown.row()).toEqual({ zip: null, street: null, house: '', note: '' });
  });

  test('draws the training rows beside the choices, and marks the one that is chosen', async () => {
    await open(baselineArtifact());
    const city = shown.page.locator('[data-column="city"]');
    expect(await city.locator('dt').allInnerTexts()).toEqual(['Bonn', 'Köln']);
    expect(await city.locator('dd').allInnerTexts()).toEqual(['50 %', '50 %']);
    const marked = () =>
      shown.page.locator('[data-column="city"] dd.here').getAttribute('data-value');
    expect(await marked()).toBe('"Bonn"');
    await field('city').selectOption('Köln');
    expect(await marked()).toBe('"Köln"');
    const member = shown.page.locator('[data-column="member"] rect');
    expect(
      await member.first().evaluate((bar) => bar.getBoundingClientRect().width),
    ).toBeGreaterThan(30);
    expect(await member.last().evaluate((bar) => bar.getBoundingClientRect().width)).toBe(0);
  });

  test('draws a value that many rows hold as a bar of its own', async () => {
    const quantiles = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    const x = { type: 'quantiles', missing: 0, mean: 0.6, quantiles } as const;
    // Four tenths hold 0, and six tenths 1.
    const shares = [0.4, 0, 0, 0, 0.6, 0, 0, 0, 0, 0];
    const artifact = named(signArtifact([numberColumn('x')]), 'flag', '1');
    await open(withBaseline(artifact, { rows: 10, columns: { x: { ...x, shares } } }));
    const heights = await shown.page
      .locator('.histogram rect')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))));
    // Six quantiles are 1, so five tenths are surely there; of the sixth it is not known, so it is spread over all 24 bars.
    const spread = 0.1 / 24;
    expect(heights).toEqual([
      Number(((36 * (0.4 + spread)) / (0.5 + spread)).toFixed(1)),
      ...Array.from({ length: 22 }, () => 1),
      36,
    ]);
  });

  test('says why, with numbers that stand below each other', async () => {
    const artifact = {
      ...multiplier(1),
      columns: [numberColumn('x'), numberColumn('y')],
      predictor: { type: 'linear', coefficients: [[1_200_000, 0.5]], intercepts: [0] },
      verification: { tolerance: 1e-12, cases: [{ input: [2.25, 0.25], value: 2700000.125 }] },
    } as Artifact;
    const spread = {
      type: 'quantiles',
      missing: 0,
      quantiles: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      shares: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
    } as const;
    const columns = { x: { ...spread, mean: 1 }, y: { ...spread, mean: 8 } };
    await open(withBaseline(artifact, { rows: 100, columns }));
    await field('x').fill('2.25');
    await field('y').fill('0.25');
    await shown.predict();
    expect(await shown.text('.prediction')).toBe('2,700,000');
    expect(await shown.page.locator('.exact').isVisible()).toBe(true);
    expect(await shown.text('.exact')).toBe('exactly 2700000.125');
    // 1,200,000 × (2.25 - 1) and 0.5 × (0.25 - 8) = -3.875, from 1,200,000 × 1 + 0.5 × 8.
    expect(await shown.texts('.reasons dd')).toEqual(['+1,500,000', '−4']);
    expect(await shown.text('.reasons .hint')).toBe(
      'From 1,200,004 for an average row to 2,700,000, in value.',
    );
    const boxes = await shown.page
      .locator('.reasons dd > span:last-child')
      .evaluateAll((numbers) => numbers.map((number) => number.getBoundingClientRect().toJSON()));
    expect(boxes[0].right).toBe(boxes[1].right);
    expect(boxes[0].height).toBe(boxes[1].height);
    await field('x').fill('2');
    await field('y').fill('0');
    await shown.predict();
    // Every digit is there already.
    expect(await shown.page.locator('.exact').isVisible()).toBe(false);
  });

  test('says what lies outside of the training rows', async () => {
    await open(baselineArtifact());
    expect(await shown.page.locator('.warnings').isVisible()).toBe(false);
    await field('x').fill('11');
    await shown.predict();
    expect(await shown.page.locator('.warnings').isVisible()).toBe(true);
    expect(await shown.texts('.warnings li')).toEqual([
      'x: Value is above those of the training rows, which go from 0 to 10',
    ]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await shown.page.emulateMedia({ colorScheme });
      expect(await shown.violations()).toEqual([]);
    }
  });

  test('asks again by itself when there is room in the window of the limit', async () => {
    api = await startApi({ RATE_LIMIT: '2', RATE_LIMIT_WINDOW_SECONDS: '2' });
    await shown.open(api.url);
    for (let i = 0; i < 2; i++) expect((await api.predict()).status).toBe(200);
    const button = shown.page.getByRole('button', { name: 'Predict' });
    await button.click();
    await shown.page
      .getByText(/^The limit of requests is reached\. Asking again in \d s\.$/)
      .waitFor();
    expect(await button.isDisabled()).toBe(true);
    await field('petal_length cm').fill('5.6');
    await field('petal_width cm').fill('2.2');
    await shown.answered();
    expect(await shown.text('.prediction')).toBe('virginica');
    expect(await button.isDisabled()).toBe(false);
    // The last requests are kept for the person, until some leave the window.
    await field('petal_length cm').fill('1.4');
    await field('petal_width cm').fill('0.2');
    await shown.page.getByText(/^Press Predict, or wait \d s: \d requests? left/).waitFor();
    await shown.answered();
    expect(await shown.text('.prediction')).toBe('setosa');
  });

  test('takes an API key, and shows calls that read it from a variable', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inferserve-keys-'));
    const file = join(folder, 'keys');
    const key = createApiKey();
    writeFileSync(file, apiKeyLine('page', key));
    api = await startApi({ API_KEYS_FILE: file, AUTH: 'required' });
    await shown.open(api.url);
    await shown.page.getByRole('button', { name: 'Predict' }).click();
    await shown.page.locator('.status', { hasText: /key/i }).waitFor();
    await field('API key').fill(key);
    await shown.predict();
    // oxlint-disable-next-line node/no-process-env -- PATH alone of this machine's variables
    const { PATH } = process.env;
    const code = async (language: string): Promise<string> =>
      (await shown.page.locator(`code[data-language="${language}"]`).textContent())!;
    for (const language of ['curl', 'Python', 'JavaScript']) {
      expect(await code(language)).toContain('API_KEY');
      expect(await code(language)).not.toContain(key);
    }
    const env = { PATH, API_KEY: key };
    const curl = await run('sh', ['-c', await code('curl')], { env });
    expect(JSON.parse(curl.stdout)).toEqual({ predicted_class: 'setosa' });
    const script = ['--input-type=module', '-e', await code('JavaScript')];
    const { stdout } = await run(process.execPath, script, { env });
    expect(stdout).toContain('setosa');
    rmSync(folder, { recursive: true });
  });
});
