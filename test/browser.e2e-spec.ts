import { existsSync } from 'node:fs';
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

  test('"Try it out" gets the right answer, under the content security policy', async () => {
    await page.goto(`${api.url}/docs`);
    await page.locator('.opblock-post .opblock-summary-control').first().click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    const answer = page.waitForResponse((response) => response.url().endsWith('/predict'));
    await page.getByRole('button', { name: 'Execute' }).click();
    expect((await answer).status()).toBe(200);
    const shown = page.locator('.live-responses-table');
    await shown.getByText('"setosa"').first().waitFor();
    expect(await shown.innerText()).toContain('x-ratelimit-remaining: 9');
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
