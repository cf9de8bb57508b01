import type { Terminal } from './terminal';

/** A terminal that keeps what was written, for tests. */
export class RecordingTerminal implements Terminal {
  out = '';
  err = '';
  readonly stdout = { write: (text: string) => (this.out += text) };
  readonly stderr = { write: (text: string) => (this.err += text) };
}
