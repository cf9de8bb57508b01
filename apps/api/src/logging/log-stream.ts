import type { Writable } from 'node:stream';

/** Lines are written in blocks of this size, or after this time at the latest. */
const BLOCK_CHARACTERS = 32_768;
const FLUSH_MS = 100;
/** More than this is not kept for a reader of the log that does not keep up. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Writes log lines in blocks and never waits for whoever reads them: while more than 1 MiB is waiting to be
 * read, whole lines are dropped and counted; so are those that cannot be written, as to a full disk.
 */
export class LogStream {
  private block = '';
  private timer: NodeJS.Timeout | undefined;
  private droppedLines = 0;

  constructor(private readonly target: Writable) {
    // The log has no reader any more, or no room; the process has better things to do than to end.
    target.on('error', () => undefined);
  }

  /** How many lines have been dropped so far. */
  get dropped(): number {
    return this.droppedLines;
  }

  /** Takes one line with its line feed. */
  write(line: string): void {
    if (this.target.writableLength > MAX_WAITING_BYTES) {
      this.droppedLines += 1;
      return;
    }
    this.block += line;
    if (this.block.length >= BLOCK_CHARACTERS) this.flush();
    else this.timer ??= setTimeout(this.flush, FLUSH_MS).unref();
  }

  /** Hands over what has been collected; also the last thing that a process does. */
  readonly flush = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.block === '') return;
    const { block } = this;
    this.block = '';
    this.target.write(block, (error) => {
      if (error) this.droppedLines += block.split('\n').length - 1;
    });
  };
}
