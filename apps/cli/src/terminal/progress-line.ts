const CLEAR_LINE = '\r\u001B[K';

/** What a progress line needs of `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line that replaces itself on a terminal; anywhere else nothing is written, so that logs stay clean. */
export class ProgressLine {
  private shown = false;

  constructor(private readonly stream: ProgressStream) {}

  show(text: string): void {
    if (!this.stream.isTTY) return;
    this.stream.write(`${CLEAR_LINE}${text}`);
    this.shown = true;
  }

  /** Takes the line away; to be called however the work ends. */
  clear(): void {
    if (this.shown) this.stream.write(CLEAR_LINE);
    this.shown = false;
  }
}
