import { ProgressLine } from './progress-line';
import type { OutputStream } from './terminal';

const WIDTH = 24;
const REDRAW_MS = 100;

/** How much of a file has been read and how many rows that were; drawn on a terminal only. */
export class ProgressBar {
  private readonly line: ProgressLine;
  private bytes = 0;
  private rows = 0;
  private size?: number;
  private drawn = -Infinity;

  /** @param isShown `false` where the results go to the same terminal */
  constructor(
    stream: OutputStream,
    private readonly isShown: boolean,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.line = new ProgressLine(stream);
  }

  /** Passes the bytes on and counts them; without a size there is no share of it to show. */
  async *watch(bytes: AsyncIterable<Uint8Array>, size?: number): AsyncGenerator<Uint8Array> {
    if (size !== undefined && size > 0) this.size = size;
    for await (const chunk of bytes) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  /** Counts rows that are done. */
  add(rows: number): void {
    this.rows += rows;
    if (!this.isShown || this.now() - this.drawn < REDRAW_MS) return;
    this.drawn = this.now();
    this.line.show(`${this.bar()}${this.rows.toLocaleString('en')} rows`);
  }

  clear(): void {
    this.line.clear();
  }

  private bar(): string {
    if (this.size === undefined) return '';
    const share = Math.min(1, this.bytes / this.size);
    const filled = Math.round(share * WIDTH);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${percent} %  `;
  }
}
