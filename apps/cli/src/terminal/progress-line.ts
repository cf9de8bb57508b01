import type { OutputStream } from './terminal';

const CLEAR_LINE = '\r\u001B[K';

/** A status line that overwrites itself on a terminal; writes nothing elsewhere, so that logs stay clean. */
export class ProgressLine {
  private shown = false;

  constructor(private readonly stream: OutputStream) {}

  show(text: string): void {
    if (!this.stream.isTTY) return;
    this.stream.write(`${CLEAR_LINE}${text}`);
    this.shown = true;
  }

  /** Removes the line; call it however the work ends. */
  clear(): void {
    if (this.shown) this.stream.write(CLEAR_LINE);
    this.shown = false;
  }
}
