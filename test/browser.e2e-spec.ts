import { existsSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { type Api, startApi } from './support/start-api';

const CHROMIUM = '/usr/bin/chromium';

/** Refreshes images/swagger_ui.png when it is missing; a screenshot differs a little on every machine. */
const SCREENSHOT = 'images/swagger_ui.png';

// oxlint-disable-next-line node/no-process-env
const isRequired = process.env['REQUIRE_CHROMIUM'] === '1';
const describeWithChromium = existsSync(CHROMIUM) || isRequired ? describe : describe.skip;

describeWithChromium('Swagger UI in Chromium (skipped where /usr/bin/chromium is missing)', () => {
  let api: Api;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    api = await startApi();
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1200, height: 1300 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test.each(['/ml/docs', '/ml/docs/', '/ml/docs/index.html'])(
    '"Try it out" on %s, behind a proxy that strips the prefix, asks below the prefix',
    async (path) => {
      const proxy = createServer((request, response) => {
        const { method, headers, url = '' } = request;
        if (!url.startsWith('/ml/')) {
          response.writeHead(404).end();
          return;
        }
        const forwarded = forward(`${api.url}${url.slice('/ml'.length)}`, { method, headers });
        forwarded.on('response', (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        });
        request.pipe(forwarded);
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const { port } = proxy.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}${path}`);
      await page.locator('.opblock-post .opblock-summary-control').first().click();
      await page.getByRole('button', { name: 'Try it out' }).click();
      const answer = page.waitForResponse((response) => response.url().endsWith('/predict'));
      await page.getByRole('button', { name: 'Execute' }).click();
      const { pathname } = new URL((await answer).url());
      expect([pathname, (await answer).status()]).toEqual(['/ml/predict', 200]);
      await page.goto('about:blank');
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
    60_000,
  );

  test('"Try it out" gets the right answer, under the content security policy', async () => {
    await page.goto(`${api.url}/docs`);
    await page.locator('.opblock-post .opblock-summary-control').first().click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    const answer = page.waitForResponse((response) => response.url().endsWith('/predict'));
    await page.getByRole('button', { name: 'Execute' }).click();
    expect((await answer).status()).toBe(200);
    const shown = page.locator('.live-responses-table');
    await shown.getByText('"setosa"').first().waitFor();
    expect(await shown.innerText()).toMatch(/x-ratelimit-remaining: \d/);
    expect(complaints).toEqual([]);
    if (!existsSync(SCREENSHOT)) {
      await page.setViewportSize({ width: 1000, height: 2400 });
      await page.locator('textarea').evaluate((area) => (area.style.minHeight = '110px'));
      const [from, to] = await Promise.all(
        ['.opblock-post', '.live-responses-table'].map((part) =>
          page.locator(part).first().boundingBox(),
        ),
      );
      const clip = {
        x: 0,
        y: from!.y - 70,
        width: 1000,
        height: to!.y + to!.height - from!.y + 80,
      };
      await page.screenshot({ path: SCREENSHOT, clip });
    }
  }, 60_000);
});
