import { existsSync } from 'node:fs';
import { describeWithChromium, ModelPage } from './support/model-page';
import { prefixProxy } from './support/prefix-proxy';
import { type Api, startApi } from './support/start-api';

/** Refreshes images/swagger_ui.png when it is missing; a screenshot differs a little on every machine. */
const SCREENSHOT = 'images/swagger_ui.png';

jest.setTimeout(60_000);

describeWithChromium('Swagger UI in Chromium (skipped where /usr/bin/chromium is missing)', () => {
  const shown = new ModelPage();
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  /** Resolves with the path that was asked and its status. */
  async function tryOut(url: string): Promise<readonly [path: string, status: number]> {
    await shown.open(url, { viewport: { width: 1200, height: 1300 } });
    const { page } = shown;
    await page.locator('.opblock-post .opblock-summary-control').first().click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    const answer = page.waitForResponse((response) => response.url().endsWith('/predict'));
    await page.getByRole('button', { name: 'Execute' }).click();
    return [new URL((await answer).url()).pathname, (await answer).status()];
  }

  test.each(['/docs', '/docs/', '/docs/index.html'])(
    '"Try it out" on %s, behind a proxy that strips a prefix, asks below the prefix',
    async (path) => {
      const proxy = await prefixProxy('/ml', api.url);
      expect(await tryOut(`${proxy.url}${path}`)).toEqual(['/ml/predict', 200]);
      await proxy.close();
    },
  );

  test('"Try it out" gets the right answer, under the content security policy', async () => {
    expect(await tryOut(`${api.url}/docs`)).toEqual(['/predict', 200]);
    const { page, complaints } = shown;
    const response = page.locator('.live-responses-table');
    await response.getByText('"setosa"').first().waitFor();
    expect(await response.innerText()).toMatch(/x-ratelimit-remaining: \d/);
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
  });
});
