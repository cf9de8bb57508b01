import { existsSync, readFileSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
// oxlint-disable-next-line node/no-process-env
const isRequired = process.env['REQUIRE_CHROMIUM'] === '1';

/** Skipped where Chromium is missing, unless the run requires it. */
export const describeWithChromium = existsSync(CHROMIUM) || isRequired ? describe : describe.skip;

/** One headless Chromium for the tests of a `describe`, and a page in it for each test. */
export class ModelPage {
  page!: Page;
  /** What the browser complained of. */
  readonly complaints: string[] = [];
  /** The servers that the page asked. */
  readonly hosts = new Set<string>();
  private browser?: Browser;

  constructor() {
    beforeAll(async () => {
      this.browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--disable-background-networking',
        ],
      });
    }, 60_000);
    afterEach(() => this.page?.close());
    afterAll(() => this.browser?.close());
  }

  async open(url: string, options: BrowserContextOptions = {}): Promise<void> {
    this.complaints.length = 0;
    this.hosts.clear();
    this.page = await this.browser!.newPage({
      viewport: { width: 1120, height: 900 },
      ...options,
    });
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('request', (request) => {
      if (!request.url().startsWith('data:')) this.hosts.add(new URL(request.url()).host);
    });
    await this.page.goto(url);
  }

  /** Presses the button and waits for the answer. */
  async predict(): Promise<void> {
    await this.page.getByRole('button', { name: 'Predict' }).click();
    await this.answered();
  }

  answered(): Promise<void> {
    return this.page
      .locator('.answer[aria-busy="false"]')
      .getByText(/^Answered by version/)
      .waitFor();
  }

  /** What axe finds, each with its elements. */
  violations(): Promise<readonly string[]> {
    return this.page.evaluate(`${AXE}; axe.run().then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).innerText();
  }

  texts(selector: string): Promise<string[]> {
    return this.page.locator(selector).allInnerTexts();
  }

  /** What has been typed, chosen or left empty, as a request sends it. */
  async row(): Promise<unknown> {
    const code = await this.page.locator('code[data-language="JavaScript"]').textContent();
    return JSON.parse(/^const row = (\{.*?\n\});/s.exec(code!)![1]!);
  }
}
