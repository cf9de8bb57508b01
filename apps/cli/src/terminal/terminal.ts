/** A stream that a command writes to, such as `process.stdout`. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** `false` where the reader does not keep up. */
  write(text: string): unknown;
  /** Calls back once the reader has caught up. */
  once?(event: 'drain', listener: () => void): unknown;
}

/** Where results and messages go; `process` is one. */
export interface Terminal {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}
